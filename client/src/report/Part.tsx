/** A section of the report: title, explanation and figures. */
export function Part(props: { title: string; detail?: string; children: React.ReactNode }) {
  return (
    <section className="mt-10 border-t border-line pt-5">
      <h2 className="text-xl font-semibold tracking-tight">{props.title}</h2>
      {props.detail !== undefined && (
        <p className="mt-1 max-w-[60ch] text-sm text-pretty text-muted">{props.detail}</p>
      )}
      <div className="mt-4">{props.children}</div>
    </section>
  );
}
