const lenses = [
  { cx: 322, cy: 92 },
  { cx: 322, cy: 152 },
  { cx: 378, cy: 122 },
] as const;

/** The second phone, seen from behind and standing further back. */
export function PhoneBack() {
  return (
    <g transform="translate(22 -6) rotate(9 330 300)">
      <defs>
        <linearGradient id="back" x1="0" x2="1" y1="0" y2="1">
          <stop offset="0" stopColor="#e2d9cb" />
          <stop offset="0.5" stopColor="#bdb2a2" />
          <stop offset="1" stopColor="#857a6b" />
        </linearGradient>
        <radialGradient id="lens" cx="0.38" cy="0.32" r="0.75">
          <stop offset="0" stopColor="#566074" />
          <stop offset="0.45" stopColor="#161a22" />
          <stop offset="1" stopColor="#050607" />
        </radialGradient>
      </defs>
      <rect
        x="190"
        y="34"
        width="250"
        height="520"
        rx="52"
        fill="#1b0d05"
        opacity="0.22"
        filter="url(#soft)"
      />
      <rect x="184" y="26" width="252" height="520" rx="52" fill="url(#edge)" />
      <rect x="188" y="30" width="244" height="512" rx="48" fill="url(#back)" />
      <rect x="278" y="50" width="138" height="144" rx="42" fill="#cfc5b6" />
      <rect
        x="279.5"
        y="51.5"
        width="135"
        height="141"
        rx="40.5"
        fill="none"
        stroke="#fff"
        strokeOpacity="0.45"
        strokeWidth="1.5"
      />
      {lenses.map((lens) => (
        <g key={`${lens.cx}-${lens.cy}`}>
          <circle cx={lens.cx} cy={lens.cy} r="26" fill="#a2988a" />
          <circle cx={lens.cx} cy={lens.cy} r="22.5" fill="url(#lens)" />
          <circle cx={lens.cx - 6} cy={lens.cy - 7} r="4.5" fill="#b7c6df" opacity="0.7" />
        </g>
      ))}
      <circle cx="372" cy="168" r="7" fill="#fff6df" />
    </g>
  );
}
