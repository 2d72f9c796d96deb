import type { ElementType, Key } from 'react';
import * as react from 'react/jsx-dev-runtime';
import { inOwnElements, keptAsWritten } from './own-elements.ts';

/* The same as jsx-runtime.ts, for the development server. */

export { Fragment, type JSX } from 'react/jsx-dev-runtime';

export function jsxDEV(
  type: ElementType,
  props: object,
  key: Key | undefined,
  isStatic: boolean,
  source?: react.JSXSource,
  self?: unknown,
) {
  const shown = isStatic ? inOwnElements(type, props) : keptAsWritten(type, props);
  return react.jsxDEV(type, shown, key, isStatic, source, self);
}
