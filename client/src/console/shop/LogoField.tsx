import { imageTypes } from '@flipzon/protocol/product.ts';
import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { useRef } from 'react';
import { smallest } from '../../ui/Picture.tsx';
import { linkButton, quietButton } from '../parts/looks.ts';
import { useUploads } from '../product/use-uploads.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

const none = [] as const;

export function LogoField(props: { logo: ShopShown['logo']; onChange: (next: ShopShown['logo']) => void }) {
  const words = useConsoleTexts().shop;
  const { logo, onChange } = props;
  const input = useRef<HTMLInputElement>(null);
  const uploads = useUploads(none, ([uploaded]) => {
    if (uploaded === undefined) return;
    const { id, width, height, widths } = uploaded;
    onChange({ id, width, height, widths });
  });
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <p className="text-sm font-medium">{words.logo}</p>
      <p className="text-sm text-pretty text-muted">{words.logoHint}</p>
      {logo !== null && (
        <img
          src={smallest(logo)}
          alt={words.logo}
          width={logo.width}
          height={logo.height}
          className="h-16 w-auto self-start rounded-xl border border-line bg-white object-contain"
        />
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept={imageTypes.join()}
        aria-label={words.chooseLogo}
        onChange={(event) => {
          void uploads.add([...(event.target.files ?? [])].slice(0, 1));
          event.target.value = '';
        }}
      />
      <div className="flex flex-wrap gap-x-4">
        <button
          type="button"
          className={quietButton}
          aria-disabled={uploads.busy !== null}
          onClick={() => uploads.busy === null && input.current?.click()}
        >
          {words.chooseLogo}
        </button>
        {logo !== null && (
          <button type="button" className={`${linkButton} text-danger`} onClick={() => onChange(null)}>
            {words.removeLogo}
          </button>
        )}
      </div>
      <p role="status" className="text-sm text-muted empty:hidden">
        {uploads.busy}
      </p>
      <p role="alert" className="text-sm text-danger empty:hidden">
        {uploads.problem}
      </p>
    </div>
  );
}
