import type { ElementType, Key } from 'react';
import * as react from 'react/jsx-runtime';
import { inOwnElements, keptAsWritten } from './own-elements.ts';

/* What JSX is compiled to, instead of `react/jsx-runtime`: own-elements.ts says why. */

export { Fragment, type JSX } from 'react/jsx-runtime';

export function jsx(type: ElementType, props: object, key?: Key) {
  return react.jsx(type, keptAsWritten(type, props), key);
}

/** For elements with several children. */
export function jsxs(type: ElementType, props: object, key?: Key) {
  return react.jsxs(type, inOwnElements(type, props), key);
}
