import { useEffect, useRef, useState } from 'react';
import { useConsoleTexts } from '../text/console-texts.ts';
import { useLight } from './use-light.ts';

/** Says when the invariants stop or begin to hold; the numbers are not announced. */
export function LightVoice() {
  const words = useConsoleTexts().light.spoken;
  const { light } = useLight();
  const spoken = light === 'behind' ? 'good' : light;
  const before = useRef(spoken);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (before.current !== spoken) {
      // Good first figures are not announced.
      const news = before.current !== 'unknown' || spoken === 'bad';
      before.current = spoken;
      if (news) setSaid(words[spoken]);
    }
  }, [spoken, words]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
