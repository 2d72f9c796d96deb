import { Action } from '../shop/components/Action.tsx';
import { Brand } from '../shop/components/Brand.tsx';
import { Hero } from '../shop/components/Hero.tsx';
import { Notice } from '../shop/components/Notice.tsx';
import { headerLook, ShopLayout, shopLook } from '../shop/components/ShopLayout.tsx';
import { useNoteKey } from '../shop/components/ShopNote.tsx';
import { SimulatedMark } from '../shop/components/SimulatedMark.tsx';
import { StockLine } from '../shop/components/StockLine.tsx';
import { VariantPicker } from '../shop/components/VariantPicker.tsx';
import { BesideBuy, FooterLinks, NeedsScript } from '../shop/notes/notes.tsx';
import { useView } from '../shop/use-view.ts';
import { useLanguage } from '../text/language.ts';

/** The part of the shop page that is the same for every visitor. It has no working buttons: those come with the script. */
export function FirstView(props: { isPreview: boolean }) {
  const { texts, formats } = useLanguage();
  const { startsAt, serverMs } = useView(({ model, serverMs }) => ({
    startsAt: model.sale?.startsAt ?? '',
    serverMs,
  }));
  const noteKey = useNoteKey();
  return (
    <div
      data-first-view
      data-starts={Date.parse(startsAt)}
      data-now={serverMs}
      data-locales={formats.locales.join()}
      className={shopLook}
    >
      {props.isPreview && (
        <p role="note" className="-mx-5 bg-warn-paper px-5 py-3 text-center text-warn-ink sm:-mx-8">
          <strong>{texts.preview.title}</strong> <span>{texts.preview.detail}</span>
        </p>
      )}
      <fieldset disabled className="contents">
        <ShopLayout
          header={
            <header className={headerLook}>
              <Brand makesRoom={false} />
            </header>
          }
          notes={
            <div data-served="FooterLinks" data-as={noteKey}>
              <FooterLinks />
            </div>
          }
        >
          <Notice />
          <SimulatedMark />
          <Hero />
          <StockLine />
          <VariantPicker />
          <Action />
          <NeedsScript />
          <div data-served="BesideBuy" data-as={noteKey} className="contents">
            <BesideBuy />
          </div>
        </ShopLayout>
      </fieldset>
    </div>
  );
}
