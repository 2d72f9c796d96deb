import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { smallest } from '../../ui/Picture.tsx';
import { linkButton } from '../parts/looks.ts';
import { ImageButton } from '../product/ImageButton.tsx';
import { useUploads } from '../product/use-uploads.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

const none = [] as const;

export function LogoField(props: { logo: ShopShown['logo']; onChange: (next: ShopShown['logo']) => void }) {
  const words = useConsoleTexts().shop;
  const { logo, onChange } = props;
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
      <div className="flex flex-wrap gap-x-4">
        <ImageButton
          name={words.chooseLogo}
          disabled={uploads.busy !== null}
          onFiles={(files) => void uploads.add(files)}
        />
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
