import type { ReactNode } from 'react';
import { useMaySteer } from '../console-context.ts';

/** What changes something: not offered to viewers, whom the shop would refuse it. */
export function Steering(props: { children: ReactNode }) {
  return useMaySteer() ? props.children : null;
}
