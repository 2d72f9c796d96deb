import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

const root = resolve(import.meta.dirname, '../../..');

export function inRepository(path: string): string {
  return join(root, path);
}

export function readRepository(path: string): string {
  return readFileSync(inRepository(path), 'utf8');
}

/** A YAML file, with `<<` merged in as Compose does it. */
export function readYaml<Shape>(path: string): Shape {
  return parse(readRepository(path), { merge: true }) as Shape;
}

export function readYamlDocuments<Shape>(path: string): Shape[] {
  return parseAllDocuments(readRepository(path)).map((document) => document.toJS() as Shape);
}
