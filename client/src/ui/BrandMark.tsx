export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-7 shrink-0">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <path d="M17.6 4.8 8.4 18h6.1l-1.3 9.2L22.9 13.6h-6.4z" fill="var(--on-accent)" />
    </svg>
  );
}
