/** How much is left, at a glance; the number beside it says the same. */
export function StockBar(props: { remaining: number; quantity: number; stale: boolean }) {
  const share = props.quantity === 0 ? 0 : Math.max(0, Math.min(1, props.remaining / props.quantity));
  return (
    <div data-bar aria-hidden="true" className="h-2.5 w-full overflow-hidden rounded-full bg-track">
      <div
        className={`h-full w-full origin-left rounded-full rtl:origin-right ${props.stale ? 'bg-muted' : 'bg-accent'}`}
        style={{ transform: `scaleX(${share})` }}
      />
    </div>
  );
}
