import type { SettingsBody, ShopShown } from '@flipzon/protocol/settings.ts';

/** The settings as they stand in the form: no address and no name is an empty text. */
export interface SettingsDraft {
  name: string;
  logo: ShopShown['logo'];
  colours: ShopShown['colours'];
  links: Record<keyof ShopShown['links'], string>;
  email: string;
  contact: string;
  delivery: string;
  next: string;
  nextLink: string;
}

export const linkNames = ['imprint', 'terms', 'privacy', 'returns'] as const;

export function draftOf({ name, logo, colours, links, contact, delivery, next }: ShopShown): SettingsDraft {
  return {
    ...{ logo, colours, delivery },
    name: name ?? '',
    links: {
      imprint: links.imprint ?? '',
      terms: links.terms ?? '',
      privacy: links.privacy ?? '',
      returns: links.returns ?? '',
    },
    email: contact.email ?? '',
    contact: contact.link ?? '',
    next: next.text,
    nextLink: next.link ?? '',
  };
}

/** All fields: the version refuses the change if another owner has changed the settings meanwhile. */
export function bodyOf(draft: SettingsDraft): SettingsBody {
  const { logo, colours, links, delivery, next } = draft;
  return {
    ...{ colours, delivery },
    name: orNull(draft.name),
    logo: logo?.id ?? null,
    links: {
      imprint: orNull(links.imprint),
      terms: orNull(links.terms),
      privacy: orNull(links.privacy),
      returns: orNull(links.returns),
    },
    contact: { email: orNull(draft.email), link: orNull(draft.contact) },
    next: { text: next, link: orNull(draft.nextLink) },
  };
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
