import NumberFlow from '@number-flow/react';
import { useLanguage } from '../text/language.ts';

/** Vite's convention for handing the page's nonce to scripts that make styles. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

const rolling = { duration: 360, easing: 'cubic-bezier(0.22, 1, 0.36, 1)' };

export function RollingNumber({ value, animated }: { value: number; animated: boolean }) {
  const { formats } = useLanguage();
  return (
    <NumberFlow
      value={value}
      locales={[...formats.locales]}
      trend={-1}
      animated={animated}
      spinTiming={rolling}
      transformTiming={rolling}
      opacityTiming={{ duration: 200, easing: 'ease-out' }}
      {...(nonce === undefined || nonce === '' ? {} : { nonce })}
    />
  );
}
