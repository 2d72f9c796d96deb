/** Parts of the first view that stay in the page. */
const served = new Map<string, HTMLElement>();

/** Keeps the served parts; call it before the first view is removed. */
export function keepServed(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-served]'))
    served.set(part.dataset.served ?? '', part);
}

/** What the part was drawn from; undefined if the page came without it. */
export function servedAs(part: string): string | undefined {
  return served.get(part)?.dataset.as;
}

export function Served(props: { part: string }) {
  const part = served.get(props.part);
  /** Once for each place: a link that is moved loses the focus. */
  const take = (place: HTMLElement | null) => {
    if (part && place !== part.parentNode) place?.append(part);
  };
  return <div className="contents" ref={take} />;
}
