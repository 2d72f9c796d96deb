import type { ReactNode } from 'react';
import { jsx } from 'react/jsx-runtime';

/*
 * A browser that translates the page moves its text nodes into new elements. React replaces the content of an element that holds
 * nothing but text, whatever has become of that content. A text node among siblings is different: React keeps it, and fails to find it
 * where it was. So every text is made the only child of its element, and texts without letters are not translated at all.
 */

interface Props {
  children?: ReactNode;
  translate?: 'yes' | 'no';
}

/** Elements that take nothing but text. */
const textOnly: ReadonlySet<unknown> = new Set(['option', 'title', 'textarea', 'style', 'text', 'tspan']);

/** Puts each text that has siblings into a `span`. */
export function inOwnElements(type: unknown, props: Props): Props {
  const { children } = props;
  return Array.isArray(children) && !textOnly.has(type)
    ? { ...props, children: children.map(inElement) }
    : props;
}

/** Excludes elements that hold only numbers, times or codes from translation. */
export function keptAsWritten(type: unknown, props: Props): Props {
  const kept = typeof type === 'string' && (type === 'code' || isFigure(props.children));
  return kept ? { translate: 'no', ...props } : props;
}

/** White space between elements stays: no browser translates it, and a `span` around it would take room in a flex container. */
function inElement(child: ReactNode): ReactNode {
  const isText = typeof child === 'number' || (typeof child === 'string' && child.trim() !== '');
  return isText ? jsx('span', keptAsWritten('span', { children: child })) : child;
}

function isFigure(child: ReactNode): boolean {
  return typeof child === 'number' || (typeof child === 'string' && /^\P{L}+$/u.test(child));
}
