import { buyPath } from './buy.ts';
import { fanOutPaths } from './fan-out.ts';
import { httpPath } from './http.ts';
import type { Path } from './path.ts';
import { refusedPath } from './refused.ts';

export const paths: readonly Path[] = [buyPath, refusedPath, httpPath, ...fanOutPaths];
