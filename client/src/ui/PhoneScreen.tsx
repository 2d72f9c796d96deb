/** The sun on the screen stands as high as there is stock, and sets with the last unit. */
export function PhoneScreen(props: { level: number; className: string }) {
  const level = Math.max(0, Math.min(1, props.level));
  return (
    <svg
      viewBox="0 0 520 560"
      aria-hidden="true"
      className={`${props.className} [will-change:transform]`}
      preserveAspectRatio="xMidYMin slice"
    >
      <defs>
        <linearGradient id="sky" x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor="var(--sky-1)" />
          <stop offset="0.72" stopColor="var(--sky-2)" />
        </linearGradient>
        <linearGradient id="dusk" x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor="var(--dusk-1)" />
          <stop offset="0.75" stopColor="var(--dusk-2)" />
        </linearGradient>
        <linearGradient id="sun" x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor="#fff3d6" />
          <stop offset="1" stopColor="#ff7a3c" />
        </linearGradient>
        <radialGradient id="halo">
          <stop offset="0.5" stopColor="#fff1d0" stopOpacity="0.4" />
          <stop offset="1" stopColor="#fff1d0" stopOpacity="0" />
        </radialGradient>
        <linearGradient id="gloss" x1="0" x2="1" y1="0" y2="1">
          <stop offset="0" stopColor="#fff" stopOpacity="0.2" />
          <stop offset="0.38" stopColor="#fff" stopOpacity="0" />
        </linearGradient>
        <clipPath id="screen">
          <rect x="81" y="49" width="234" height="502" rx="41" />
        </clipPath>
      </defs>
      <g clipPath="url(#screen)">
        <rect x="81" y="49" width="234" height="502" fill="url(#sky)" />
        <rect x="81" y="49" width="234" height="502" fill="url(#dusk)" style={{ opacity: 1 - level }} />
        <g style={{ transform: `translateY(${(1 - level) * 270}px)` }}>
          <circle cx="198" cy="212" r="124" fill="url(#halo)" />
          <circle cx="198" cy="212" r="72" fill="url(#sun)" />
        </g>
        <path d="M81 372c52-38 92-26 132 4s76 22 102-8v183H81Z" fill="#b5401c" />
        <path d="M81 424c44-26 86-30 134 0s76 16 100-6v133H81Z" fill="#71220f" />
        <path d="M81 484c60-30 130-22 234 8v59H81Z" fill="#2f0f0b" />
        <path d="M81 49h234v260L81 551Z" fill="url(#gloss)" />
      </g>
      <rect x="164" y="64" width="68" height="19" rx="9.5" fill="#0b0a09" />
      <circle cx="219" cy="73.5" r="4" fill="#22262e" />
    </svg>
  );
}
