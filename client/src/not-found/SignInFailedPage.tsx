import { type SignInFailure, signInFailures } from '@flipzon/protocol/page.ts';
import { signInAddress } from '../shop/device/token.ts';
import { useLanguage } from '../text/language.ts';
import { signInTexts } from '../text/sign-in.ts';
import { MessagePage, mainLinkLook, quietLinkLook } from './MessagePage.tsx';

/** For a visitor who comes back from the identity provider without being signed in: why, and another try. */
export function SignInFailedPage(props: { failure: SignInFailure }) {
  const { tag, texts } = useLanguage();
  const words = signInTexts[tag].failed;
  const { why, as, returnTo } = props.failure;
  return (
    <MessagePage
      name="sign-in-failed"
      mark={String(signInFailures[why])}
      title={words.title}
      detail={words[why]}
    >
      <a href={signInAddress(as, returnTo)} className={mainLinkLook}>
        {words.again}
      </a>
      <a href={as === 'operator' ? '/board' : '/'} className={quietLinkLook}>
        {as === 'operator' ? texts.board : texts.shop}
      </a>
    </MessagePage>
  );
}
