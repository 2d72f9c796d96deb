import { PhoneBack } from './PhoneBack.tsx';
import { PhoneScreen } from './PhoneScreen.tsx';

const drawing = 'absolute inset-0 h-full w-full overflow-visible';

/**
 * The product, drawn: two phones without a maker's mark. The parts that never change are a separate drawing, with its shadows, so that the
 * falling stock redraws nothing but the screen.
 */
export function PhoneVisual(props: { level: number }) {
  return (
    <div className="relative h-full w-full">
      <svg viewBox="0 0 520 560" aria-hidden="true" className={drawing} preserveAspectRatio="xMidYMin slice">
        <defs>
          <linearGradient id="edge" x1="0" x2="1">
            <stop offset="0" stopColor="#8d867b" />
            <stop offset="0.08" stopColor="#efe9df" />
            <stop offset="0.5" stopColor="#a59d91" />
            <stop offset="0.92" stopColor="#e6dfd4" />
            <stop offset="1" stopColor="#7b7469" />
          </linearGradient>
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
      </svg>
      <PhoneScreen level={props.level} className={drawing} />
    </div>
  );
}
