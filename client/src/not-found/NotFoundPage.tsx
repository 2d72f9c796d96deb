import { useLanguage } from '../text/language.ts';
import { MessagePage, mainLinkLook, quietLinkLook } from './MessagePage.tsx';

/** For a mistyped address: says so, and links to the sale. */
export function NotFoundPage() {
  const { texts } = useLanguage();
  return (
    <MessagePage name="not-found" mark="404" {...texts.notFound}>
      <a href="/" className={mainLinkLook}>
        {texts.shop}
      </a>
      <a href="/board" className={quietLinkLook}>
        {texts.board}
      </a>
    </MessagePage>
  );
}
