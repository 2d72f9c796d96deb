import type { ReactNode } from 'react';

/** Names in one column, values in the other. */
export function FactList(props: { facts: readonly (readonly [string, ReactNode])[]; className: string }) {
  return (
    <dl
      className={`grid grid-cols-[fit-content(55%)_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm ${props.className}`}
    >
      {props.facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="font-medium tabular-nums [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
