import { smallest } from './Picture.tsx';
import { useBrand } from './shop-brand.ts';

/** The shop's logo, or the built-in mark. */
export function BrandMark() {
  const logo = useBrand()?.logo;
  if (logo) {
    const { width, height } = logo;
    // Logos are stored on white.
    return (
      <img
        src={smallest(logo)}
        alt=""
        {...{ width, height }}
        className="h-9 w-auto max-w-32 shrink-0 rounded-lg bg-white object-contain"
      />
    );
  }
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-7 shrink-0">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <path d="M17.6 4.8 8.4 18h6.1l-1.3 9.2L22.9 13.6h-6.4z" fill="var(--on-accent)" />
    </svg>
  );
}
