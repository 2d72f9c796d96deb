import { useEffect, useRef, useState } from 'react';
import { type Language, useLanguage } from '../../text/language.ts';
import { type Announcement, announcementFor, type Heard, hearableOf } from '../model/announcements.ts';
import { messageFor } from '../model/message.ts';
import { ownOrders } from '../model/orders.ts';
import { chosenGone } from '../model/variants.ts';
import type { View } from '../model/view.ts';
import { useView } from '../use-view.ts';

/** All announcements to screen readers: two live regions that are always there, one polite and one assertive. */
export function Announcer() {
  const view = useView((current) => current);
  const language = useLanguage();
  const heard = useRef<Heard | null>(null);
  const [said, setSaid] = useState({ polite: '', assertive: '' });

  useEffect(() => {
    const after = hearableOf(view.model, view.now);
    const announcement = heard.current === null ? null : announcementFor(heard.current, after);
    heard.current = after;
    if (announcement !== null) {
      const words = wordsOf(announcement, view, language);
      setSaid(announcement.assertive ? { polite: '', assertive: words } : { polite: words, assertive: '' });
    }
  }, [view, language]);

  return (
    <div className="sr-only">
      <p role="status" data-testid="polite">
        {said.polite}
      </p>
      <p role="alert" data-testid="assertive">
        {said.assertive}
      </p>
    </div>
  );
}

function wordsOf(announcement: Announcement, view: View, language: Language): string {
  const { spoken } = language.texts;
  switch (announcement.say) {
    case 'open':
      return spoken.open;
    case 'connected_again':
      return spoken.connectedAgain;
    case 'till_checked':
      return language.texts.message.unavailable_to_all().title;
    case 'variant_gone':
      return language.texts.variants.gone(chosenGone(view.model)?.name ?? '');
    case 'buy_again':
      return spoken.buyAgain;
    case 'opens_in':
      return spoken.opensIn[announcement.mark];
    case 'ends_in':
      return spoken.endsIn[announcement.mark];
    case 'stock':
      return spokenStock(announcement.mark, view, language);
    case 'state':
      return wordsOfState(view, language);
  }
}

function wordsOfState(view: View, language: Language): string {
  const { spoken } = language.texts;
  const unit = language.formats.number(ownOrders(view.model)[0]?.unit ?? 0);
  switch (view.state) {
    case 'claimed':
      return spoken.claimed(unit);
    case 'confirmed':
      return spoken.confirmed(unit);
    case 'already_purchased':
      return spoken.already(unit);
    default: {
      const message = messageFor(view, language);
      return message === null ? '' : `${message.title} ${message.detail}`.trim();
    }
  }
}

function spokenStock(mark: number, view: View, { texts, formats }: Language): string {
  const remaining = view.model.sale?.remaining ?? 0;
  return texts.spoken.stock(formats.percent(mark / 100), remaining, formats.number(remaining));
}
