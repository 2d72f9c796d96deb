import { type ReactNode, useId } from 'react';

/** A part of the console with its heading; what belongs to all of it stands beside the heading. */
export function Panel(props: {
  title: string;
  detail?: string;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={`min-w-0 rounded-2xl border border-line bg-card p-4 sm:p-5 ${props.className ?? ''}`}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1">
          <h2 id={id} className="text-base font-semibold tracking-tight">
            {props.title}
          </h2>
          {props.detail !== undefined && <p className="text-sm text-pretty text-muted">{props.detail}</p>}
        </div>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}
