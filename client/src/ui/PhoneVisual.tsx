import { PhoneBack } from './PhoneBack.tsx';

/**
 * The product, drawn: two phones without a maker's mark. The sun on the screen stands as high as there is stock, and sets with
 * the last unit.
 */
export function PhoneVisual(props: { level: number }) {
  const level = Math.max(0, Math.min(1, props.level));
  return (
    <svg
      viewBox="0 0 520 560"
      aria-hidden="true"
      className="h-full w-full overflow-visible"
      preserveAspectRatio="xMidYMin slice"
    >
      <defs>
        <linearGradient id="edge" x1="0" x2="1">
          <stop offset="0" stopColor="#8d867b" />
          <stop offset="0.08" stopColor="#efe9df" />
          <stop offset="0.5" stopColor="#a59d91" />
          <stop offset="0.92" stopColor="#e6dfd4" />
          <stop offset="1" stopColor="#7b7469" />
        </linearGradient>
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
        <linearGradient id="gloss" x1="0" x2="1" y1="0" y2="1">
          <stop offset="0" stopColor="#fff" stopOpacity="0.2" />
          <stop offset="0.38" stopColor="#fff" stopOpacity="0" />
        </linearGradient>
        <clipPath id="screen">
          <rect x="81" y="49" width="234" height="502" rx="41" />
        </clipPath>
        <filter id="soft" x="-30%" y="-30%" width="160%" height="160%">
          <feGaussianBlur stdDeviation="16" />
        </filter>
      </defs>

      <PhoneBack />

      <rect
        x="84"
        y="62"
        width="250"
        height="520"
        rx="52"
        fill="#1b0d05"
        opacity="0.34"
        filter="url(#soft)"
      />
      <rect x="70" y="38" width="256" height="524" rx="52" fill="url(#edge)" />
      <rect x="73.5" y="41.5" width="249" height="517" rx="48.5" fill="#0b0a09" />
      <g clipPath="url(#screen)">
        <rect x="81" y="49" width="234" height="502" fill="url(#sky)" />
        <rect
          x="81"
          y="49"
          width="234"
          height="502"
          fill="url(#dusk)"
          className="settle"
          style={{ opacity: 1 - level }}
        />
        <g className="settle" style={{ transform: `translateY(${(1 - level) * 270}px)` }}>
          <circle cx="198" cy="212" r="92" fill="#fff1d0" opacity="0.35" filter="url(#soft)" />
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
