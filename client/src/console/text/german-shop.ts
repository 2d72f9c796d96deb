import type { ConsoleTexts } from './english.ts';

/** The texts about the shop's settings. */
export const germanShop: Pick<ConsoleTexts, 'shop'> = {
  shop: {
    title: 'Der Shop',
    detail:
      'Was Kunden vom Verkäufer sehen. Gespeichertes erscheint, wenn eine Seite geladen wird; offene Seiten müssen neu geladen werden.',
    name: 'Name des Shops',
    logo: 'Logo des Shops',
    logoHint: 'JPEG, PNG, WebP oder AVIF, bis 10 MB. Es steht auf Weiß.',
    chooseLogo: 'Logo wählen',
    removeLogo: 'Logo entfernen',
    colours: { accent: 'Farbe der Schaltflächen', backdrop: 'Farbe hinter dem Produkt' },
    own: { accent: 'Eigene Farbe für Schaltflächen', backdrop: 'Eigene Farbe hinter dem Produkt' },
    unreadable: {
      light: (contrast) =>
        `Text auf dieser Farbe ist im hellen Modus schwer zu lesen: Der Kontrast ist ${contrast} zu 1, nötig sind mindestens 4,5 zu 1.`,
      dark: (contrast) =>
        `Text auf dieser Farbe ist im dunklen Modus schwer zu lesen: Der Kontrast ist ${contrast} zu 1, nötig sind mindestens 4,5 zu 1.`,
    },
    links: {
      imprint: 'Impressum (Adresse)',
      terms: 'AGB (Adresse)',
      privacy: 'Datenschutz (Adresse)',
      returns: 'Widerruf und Rückgabe (Adresse)',
    },
    email: 'E-Mail für Kunden',
    contact: 'Kontaktseite (Adresse)',
    addressHint: 'Beginnt mit https://',
    delivery: 'Lieferung',
    deliveryHint: 'Unter der Schaltfläche, bis 300 Zeichen: wie und wann das Produkt ankommt.',
    next: 'Wie es nach dem Kauf weitergeht',
    nextHint: 'Bei jeder bestätigten Bestellung, bis 1.000 Zeichen.',
    nextLink: 'Link nach dem Kauf (Adresse)',
    save: 'Einstellungen speichern',
    saved: 'Die Einstellungen sind gespeichert. Laden Sie die Seite des Shops neu, um sie zu sehen.',
    preview: 'Vorschau',
    modes: { light: 'Hell', dark: 'Dunkel' },
    product: 'Ihr Produkt',
    buy: 'Kaufen',
    refused: {
      conflict:
        'Jemand anders hat die Einstellungen geändert. Sie sind neu geladen; wiederholen Sie Ihre Änderung.',
      invalid_request:
        'Eine Angabe wird nicht angenommen. Adressen beginnen mit https://, Texte haben keine Steuerzeichen.',
      unreadable_colours: 'Text auf diesen Farben ist schwer zu lesen. Wählen Sie andere.',
    },
    failed: 'Die Einstellungen konnten nicht geladen oder gespeichert werden. Versuchen Sie es erneut.',
  },
};
