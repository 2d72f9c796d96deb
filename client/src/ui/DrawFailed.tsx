import { useLanguage } from '../text/language.ts';

/** Shown in place of what cannot be drawn. Orders are stored by the shop and are not lost with this page. */
export function DrawFailed() {
  const { texts } = useLanguage();
  const words = texts.drawFailed;
  return (
    <div role="alert" className="mx-auto max-w-[40rem] px-5 py-12 text-pretty">
      <p className="text-xl font-semibold tracking-tight">{words.title}</p>
      <p className="mt-2 text-muted">{words.detail}</p>
      <button
        type="button"
        onClick={() => location.reload()}
        className="mt-5 min-h-11 cursor-pointer rounded-full border border-line px-5 font-semibold hover:border-ink"
      >
        {words.reload}
      </button>
    </div>
  );
}
