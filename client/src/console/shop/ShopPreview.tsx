import { type Mode, paletteOf } from '@flipzon/protocol/colours.ts';
import type { CSSProperties } from 'react';
import { useLanguage } from '../../text/language.ts';
import { smallest } from '../../ui/Picture.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import type { SettingsDraft } from './settings-draft.ts';

/** The built-in colours of both modes, as styles.css has them. */
const builtIn = {
  light: {
    ...{ '--paper': '#f5f3ee', '--ink': '#16140f', '--muted': '#5d594f', '--line': '#dbd6ca' },
    ...{ '--accent': '#ff5b22', '--on-accent': '#1d0a02', '--stage-1': '#fbd9c3', '--stage-2': '#ece6db' },
  },
  dark: {
    ...{ '--paper': '#0f0f0d', '--ink': '#f5f2ea', '--muted': '#a8a398', '--line': '#33312b' },
    ...{ '--accent': '#ff6a33', '--on-accent': '#1d0a02', '--stage-1': '#3a2015', '--stage-2': '#191714' },
  },
} as const;

/** How the shop's page looks with these settings, in light and dark mode. */
export function ShopPreview({ draft }: { draft: SettingsDraft }) {
  const words = useConsoleTexts().shop;
  return (
    <div className="min-w-0">
      <h3 className="text-sm font-medium">{words.preview}</h3>
      <div className="mt-1.5 grid gap-3 sm:grid-cols-2 lg:grid-cols-1 xl:grid-cols-2">
        {(['light', 'dark'] as const).map((mode) => (
          <PagePreview key={mode} mode={mode} draft={draft} />
        ))}
      </div>
    </div>
  );
}

function PagePreview({ mode, draft }: { mode: Mode; draft: SettingsDraft }) {
  const words = useConsoleTexts().shop;
  const { texts } = useLanguage();
  const { logo, colours, name, delivery } = draft;
  const style = { ...builtIn[mode], ...paletteOf(colours, mode) } as CSSProperties;
  return (
    <figure
      data-testid={`preview-${mode}`}
      style={style}
      className="min-w-0 rounded-2xl border border-line bg-paper p-4 text-ink"
    >
      <figcaption className="sr-only">{words.modes[mode]}</figcaption>
      <p className="flex min-w-0 items-center gap-2 font-bold tracking-tight">
        {logo === null ? (
          <span className="size-6 shrink-0 rounded-lg bg-accent" />
        ) : (
          <img
            src={smallest(logo)}
            alt=""
            className="h-7 w-auto max-w-24 rounded-md bg-white object-contain"
          />
        )}
        <bdi className="min-w-0 [overflow-wrap:anywhere]">{name.trim() === '' ? texts.brand : name}</bdi>
      </p>
      <p className="stage mt-3 rounded-xl p-4 pb-10 text-xl font-semibold">{words.product}</p>
      <p className="mt-3 rounded-xl bg-accent p-3 text-center font-semibold text-on-accent">{words.buy}</p>
      {delivery !== '' && (
        <p dir="auto" className="mt-2 text-sm whitespace-pre-line text-muted [overflow-wrap:anywhere]">
          {delivery}
        </p>
      )}
    </figure>
  );
}
