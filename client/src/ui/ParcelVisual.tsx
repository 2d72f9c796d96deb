/** For a product without an image: a parcel, which may have anything in it. */
export function ParcelVisual() {
  return (
    <svg
      viewBox="0 0 520 560"
      aria-hidden="true"
      className="absolute inset-0 h-full w-full overflow-visible"
      preserveAspectRatio="xMidYMid meet"
    >
      <defs>
        <linearGradient id="parcel-front" x1="0" x2="1" y1="0" y2="1">
          <stop offset="0" stopColor="#e8dccb" />
          <stop offset="1" stopColor="#c3b19a" />
        </linearGradient>
        <linearGradient id="parcel-side" x1="0" x2="1">
          <stop offset="0" stopColor="#b19d84" />
          <stop offset="1" stopColor="#97836b" />
        </linearGradient>
        <filter id="parcel-soft" x="-30%" y="-200%" width="160%" height="500%">
          <feGaussianBlur stdDeviation="18" />
        </filter>
      </defs>
      <ellipse cx="268" cy="474" rx="190" ry="26" fill="#1b0d05" opacity="0.28" filter="url(#parcel-soft)" />
      <path d="M260 92 448 178 260 264 72 178Z" fill="#f4ecdf" />
      <path d="M72 178v206l188 92V264Z" fill="url(#parcel-front)" />
      <path d="M448 178v206l-188 92V264Z" fill="url(#parcel-side)" />
      <path d="M144 145 332 231v58l28-13v-58L172 132Z" fill="#ff5b22" opacity="0.85" />
    </svg>
  );
}
