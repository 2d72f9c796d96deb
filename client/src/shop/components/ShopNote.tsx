import { lazy, Suspense } from 'react';
import { useLanguage } from '../../text/language.ts';
import { Served, servedAs } from '../../ui/Served.tsx';
import { useView } from '../use-view.ts';

/** Notes are optional: if they cannot be fetched, the page keeps the ones that it came with. */
const note = (name: 'BesideBuy' | 'FooterLinks' | 'NextSteps') =>
  lazy(() =>
    import('../notes/notes.tsx').then(
      (module) => ({ default: module[name] }),
      () => ({ default: () => <Served part={name} /> }),
    ),
  );

const notes = {
  BesideBuy: note('BesideBuy'),
  FooterLinks: note('FooterLinks'),
  NextSteps: note('NextSteps'),
};

/** All that a note depends on, beside the shop's settings. */
export function useNoteKey(): string {
  const { tag } = useLanguage();
  return useView(({ model: { sale } }) => `${tag} ${sale?.perCustomer}`);
}

/** The shop's own words, as they came with the page; their code is loaded only when they have to change. */
export function ShopNote(props: { part: keyof typeof notes }) {
  const { part } = props;
  const Note = notes[part];
  const served = <Served part={part} />;
  return servedAs(part) === useNoteKey() ? (
    served
  ) : (
    <Suspense fallback={served}>
      <Note />
    </Suspense>
  );
}
