import { useEffect, useRef, useState } from 'react';
import { useConsoleTexts } from '../text/console-texts.ts';
import { useInvariantStatus } from './use-invariant-status.ts';

/** Says when the invariants stop or begin to hold; the numbers are not announced. */
export function InvariantAnnouncer() {
  const words = useConsoleTexts().invariantStatus.spoken;
  const { status } = useInvariantStatus();
  const spoken = status === 'behind' ? 'good' : status;
  const before = useRef(spoken);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (before.current !== spoken) {
      // Good first stats are not announced.
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
