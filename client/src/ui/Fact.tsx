import type { ReactNode } from 'react';

/** A name and what it stands for, in a `dl`. */
export function Fact(props: { name: string; className?: string; children: ReactNode }) {
  return (
    <div className={props.className}>
      <dt className="text-muted">{props.name}</dt>
      <dd className="mt-0.5 font-medium tabular-nums">{props.children}</dd>
    </div>
  );
}
