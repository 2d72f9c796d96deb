import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useConsoleTexts } from '../text/console-texts.ts';
import { linkButton } from './looks.ts';

/** A modal dialog of the browser's own: it keeps the focus, and Escape closes it. */
export function Dialog(props: { title: string; detail: string; onClose: () => void; children: ReactNode }) {
  const words = useConsoleTexts();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={props.onClose}
      className="m-auto max-h-[min(46rem,94svh)] w-[min(36rem,calc(100vw-1.5rem))] overflow-y-auto rounded-3xl border border-line bg-card p-5 text-ink backdrop:bg-black/50 sm:p-6"
    >
      <div className="flex items-center justify-between gap-4">
        <h2 id={id} className="text-xl font-semibold tracking-tight">
          {props.title}
        </h2>
        <button type="button" onClick={() => dialog.current?.close()} className={linkButton}>
          {words.close}
        </button>
      </div>
      <p className="text-sm text-pretty text-muted">{props.detail}</p>
      {props.children}
    </dialog>
  );
}
