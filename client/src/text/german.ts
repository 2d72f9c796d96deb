import type { Texts } from './english.ts';
import { pluralsOf } from './plural.ts';

const plural = pluralsOf('de');

export const german: Texts = {
  brand: 'Flipzon',
  pageTitle: (product, shop) => `${product} · Blitzverkauf bei ${shop}`,
  watching: (count) => `${count} Zuschauer`,
  signedInAs: 'Angemeldet als',
  signOut: 'Abmelden',
  signOutEverywhere: 'Auf allen Geräten abmelden',
  signIn: 'Anmelden',
  connection: 'Verbindung',
  language: 'Sprache',
  board: 'Live-Tafel',
  shop: 'Zum Shop',
  pauseUpdates: 'Live-Anzeige anhalten',
  resumeUpdates: 'Live-Anzeige fortsetzen',

  eyebrow: {
    loading: 'Der Bestand wird geladen',
    noSale: 'Noch kein Verkauf',
    scheduled: 'Beginnt am',
    countdown: 'Beginnt in',
    live: 'Live',
    sold_out: 'Ausverkauft',
    paused: 'Angehalten',
    ended: 'Verkauf beendet',
    frozen: 'Anzeige angehalten',
    stale: 'Zuletzt bekannt',
  },
  noSaleDetail: 'Es ist kein Verkauf geplant. Der nächste erscheint hier automatisch.',

  /** Above a sale that is not on the page yet. */
  preview: {
    title: 'Vorschau.',
    detail: 'Kunden sehen diesen Verkauf noch nicht, und hier kann nichts gekauft werden.',
  },
  product: { region: 'Über dieses Produkt' },

  leftOf: (quantity) => `von ${quantity} übrig`,
  unitsInAll: (_count, quantity) => `${quantity} Stück insgesamt`,
  unitsForSale: (count, quantity, price) =>
    plural(count, { one: `${quantity} Stück für ${price}`, other: `${quantity} Stück zu je ${price}` }),
  left: (remaining, quantity) => `${remaining} von ${quantity} übrig`,
  ends: {
    on: (time) => `Endet ${time}`,
    in: (clock) => `Endet in ${clock}`,
  },
  noRefresh: 'Beginnt automatisch. Neu laden ist nicht nötig.',
  daysLeft: (days, count) => plural(days, { one: `${count} Tag`, other: `${count} Tage` }),
  utc: (time) => `${time} UTC`,
  lastKnown: 'letzter bekannter Stand',
  asOf: (age) => `Stand vor ${age}`,
  frozenAt: (time) => `Anzeige angehalten. Stand: ${time}.`,
  clockOff: (seconds) => `Ihre Uhr weicht um ${seconds} s ab; es gilt unsere.`,

  simulated: {
    label: 'Simulierter Andrang',
    detail: 'Dies ist eine Vorführung: Die Käufer in diesem Verkauf sind simuliert.',
  },

  curve: {
    since: (time) => `Verbleibende Stücke, auf dieser Seite seit ${time}`,
  },

  variants: {
    legend: 'Varianten',
    one: 'Variante',
    from: (price) => `ab ${price}`,
    left: (_count, text) => `noch ${text}`,
    soldOut: 'Ausverkauft',
    gone: (variant) => `${variant} ist ausverkauft.`,
    others:
      'Wählen Sie eine andere Variante, oder warten Sie hier: Wird ein Stück frei, können Sie es kaufen.',
  },

  button: {
    buy: (price, variant) =>
      variant === undefined ? `Für ${price} kaufen` : `${variant} für ${price} kaufen`,
    choose: () => 'Variante wählen',
    variant_sold_out: (_price, variant) => `${variant} ist ausverkauft`,
    buy_another: () => 'Noch eins kaufen',
    sign_in: () => 'Zum Kaufen anmelden',
    claiming: () => 'Wird gesichert …',
    checking: () => 'Wird geprüft …',
    confirming: () => 'Wird bestätigt …',
    wait: () => 'Einen Moment …',
    sold_out: () => 'Ausverkauft',
    paused: () => 'Angehalten',
    ended: () => 'Verkauf beendet',
  },

  message: {
    live: (perCustomer) => ({
      title: 'Wer zuerst kommt, mahlt zuerst.',
      detail: `Höchstens ${perCustomer} je Kunde. Echter Bestand, es gilt die Uhr des Servers.`,
    }),
    claiming: () => ({ title: 'Wird gesichert …', detail: 'Ihre Bestellung wird gesendet …' }),
    unknown: () => ({
      title: 'Ihre Reservierung wird geprüft …',
      detail: 'Noch keine Antwort. Neuer Versuch; dabei entsteht nie eine zweite Bestellung.',
    }),
    unavailable: () => ({
      title: 'Die Kasse ist kurz nicht verfügbar.',
      detail: 'Ihr Versuch ist gespeichert und wird wiederholt.',
    }),
    unavailable_to_all: () => ({
      title: 'Die Kasse ist kurz nicht verfügbar.',
      detail: 'Der Kaufknopf kommt automatisch zurück.',
    }),
    lost: (variant) => ({
      title:
        variant === undefined
          ? 'Ausverkauft, bevor Ihr Klick bei uns ankam.'
          : `${variant} war ausverkauft, bevor Ihr Klick bei uns ankam.`,
      detail: '',
    }),
    lostTimes: (arrived, last) =>
      `Ihr Klick kam um ${arrived} beim Shop an. Das letzte Stück wurde um ${last} verkauft.`,
    lostClosely:
      'Klicks, die fast gleichzeitig ankommen, werden nacheinander bearbeitet. Der Bericht zeigt, wie weit das von der Reihenfolge ihrer Ankunft abwich.',
    sold_out: () => ({
      title: 'Alle Stücke sind verkauft.',
      detail: 'Wird ein Stück wieder frei, kommt der Kaufknopf zurück.',
    }),
    soldOutIn: (duration) => `Ausverkauft ${duration} nach dem Beginn.`,
    rate_limited: (seconds) => ({
      title: `Versuchen Sie es in ${seconds} s wieder.`,
      detail: 'Zu viele Klicks. Der Kaufknopf kommt automatisch zurück.',
    }),
    too_early: () => ({
      title: 'Der Verkauf ist noch nicht eröffnet.',
      detail: 'Ihr Countdown wurde korrigiert. Der Verkauf beginnt automatisch.',
    }),
    paused: (reason) => ({
      title: 'Der Verkauf ist angehalten.',
      detail: reason ?? 'Er geht hier automatisch weiter.',
    }),
    ended: (reason) => ({ title: 'Der Verkauf ist beendet.', detail: reason ?? 'Danke für Ihren Besuch.' }),
    reconnecting: () => ({
      title: 'Verbindung unterbrochen. Wird wiederhergestellt …',
      detail: 'Sobald sie wieder steht, können Sie kaufen. Klicks bis dahin werden nicht gespeichert.',
    }),
    connecting: () => ({
      title: 'Verbindung wird hergestellt …',
      detail: 'Sobald sie steht, können Sie kaufen. Klicks bis dahin werden nicht gespeichert.',
    }),
    /** There is no socket; requests are answered. */
    polling: () => ({
      title: 'Keine Live-Verbindung: Der Bestand wird alle paar Sekunden abgefragt.',
      detail: 'Sie können wie gewohnt kaufen.',
    }),
    blocked: () => ({
      title: 'Der Shop hat dieses Konto gesperrt.',
      detail:
        'Sie können nicht kaufen; fragen Sie den Shop nach dem Grund. Ihre Bestellungen stehen unter „Bestellungen“.',
    }),
    boughtBefore: (unit) =>
      `Sie haben im vorigen Verkauf Stück ${unit} gekauft. Es steht unter „Bestellungen“.`,
    offline: () => ({
      title: 'Sie sind offline.',
      detail: 'Sobald Sie online sind, können Sie wieder kaufen. Klicks bis dahin werden nicht gespeichert.',
    }),
    revoked: (unit) => ({
      title: `Ihre Bestellung von Stück ${unit} wurde rückgängig gemacht.`,
      detail:
        'Durch einen Ausfall bei uns ging sie verloren, bevor sie gespeichert war. Ihnen wurde nichts berechnet.',
    }),
    revokedAgain: 'Wird ein Stück wieder frei, können Sie es hier kaufen.',
    cancelled: (unit) => ({
      title: `Der Shop hat Ihre Bestellung von Stück ${unit} storniert.`,
      detail: 'In diesem Verkauf können Sie nicht noch einmal kaufen. Fragen Sie den Shop nach dem Grund.',
    }),
    cancelledOnSale: 'Das Stück ist für andere wieder verfügbar.',
    refused: () => ({
      title: 'Ihre Bestellung wurde nicht angenommen.',
      detail: 'Ihnen wurde nichts berechnet. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
    }),
    accountTooNew: () => ({
      title: 'Dieses Konto ist für diesen Verkauf zu neu.',
      detail: 'Kaufen können hier nur Konten, die es vor der Ankündigung des Verkaufs schon gab.',
    }),
    forbidden: () => ({
      title: 'Mit diesem Konto kann man nicht kaufen.',
      detail: 'Melden Sie sich als Kunde an.',
    }),
  },

  order: {
    region: 'Ihre Bestellung',
    unit: 'Stück',
    claimed: 'Es gehört Ihnen. Wird bestätigt …',
    confirmed: 'Sie haben eins. Bestellung bestätigt.',
    already: 'Sie haben schon eins. Hier ist Ihre Bestellung.',
    product: 'Produkt',
    print: 'Ansehen und drucken',
    number: 'Bestellung',
    price: 'Preis',
    claimedAt: 'Gesichert',
    confirmedAt: 'Bestätigt',
    pending: 'steht aus',
    units: 'Ihre Stücke',
    ofYours: (held, most) => `${held} von ${most} gekauft`,
  },

  receipt: {
    download: 'Beleg herunterladen',
    show: 'Signierter Beleg',
    explained: 'Ihr Kauf, vom Shop signiert. Wer den Schlüssel des Shops hat, kann das prüfen.',
    elsewhere: 'Der signierte Beleg liegt auf dem Gerät, mit dem Sie gekauft haben.',
  },

  proof: {
    failed: 'Der Nachweis konnte nicht geladen werden. Versuchen Sie es noch einmal.',
    report: 'Verkaufsbericht',
  },

  orders: {
    title: 'Meine Bestellungen',
    open: 'Bestellungen',
    close: 'Schließen',
    total: (purchases, count) =>
      plural(purchases, { one: `Insgesamt ${count} Kauf`, other: `Insgesamt ${count} Käufe` }),
    none: 'Noch keine Bestellungen.',
    loading: 'Ihre Bestellungen werden geladen …',
    failed: 'Ihre Bestellungen konnten nicht geladen werden.',
    again: 'Noch einmal versuchen',
    status: {
      claimed: 'Wird bestätigt',
      held: 'Wartet auf Zahlung',
      confirmed: 'Bestätigt',
      expired: 'Nicht rechtzeitig bezahlt',
      released: 'Aufgegeben',
      revoked: 'Rückgängig gemacht',
      cancelled: 'Storniert',
    },
  },

  reminder: {
    calendar: 'In den Kalender',
    remind: 'Erinnern',
    set: 'Erinnerung gesetzt',
    kept: (time) => `Wir erinnern Sie ${time} vor dem Beginn, wenn diese Seite dann noch offen ist.`,
    blocked:
      'Keine Erinnerung gesetzt: Ihr Browser blockiert Mitteilungen dieser Seite. Erlauben Sie sie oder tragen Sie den Beginn in Ihren Kalender ein.',
    event: (product, shop) => `${product}: Beginn des Blitzverkaufs bei ${shop}`,
    description: (offer) => `${offer}. Wer zuerst kommt, mahlt zuerst.`,
    soon: (product, duration) => `${product}: Beginn in ${duration}`,
    soonDetail: 'Kehren Sie zur Seite zurück. Der Verkauf beginnt automatisch.',
    open: (product) => `${product}: Der Verkauf ist eröffnet`,
  },

  drawFailed: {
    title: 'Diese Seite kann nicht angezeigt werden.',
    detail: 'Laden Sie sie neu. Ihre Bestellungen sind sicher.',
    reload: 'Neu laden',
  },

  notFound: {
    title: 'Seite nicht gefunden',
    detail: 'Der Verkauf ist auf der Seite des Shops.',
  },

  spoken: {
    open: 'Der Verkauf ist eröffnet',
    connectedAgain: 'Wieder verbunden',
    buyAgain: 'Sie können wieder kaufen',
    claimed: (unit) => `Stück ${unit} gehört Ihnen. Wird bestätigt …`,
    confirmed: (unit) => `Stück ${unit} ist bestätigt.`,
    already: (unit) => `Sie haben schon Stück ${unit}.`,
    opensIn: {
      600: 'Beginnt in 10 Minuten',
      300: 'Beginnt in 5 Minuten',
      60: 'Beginnt in einer Minute',
      10: 'Beginnt in 10 Sekunden',
    },
    endsIn: { 300: 'Der Verkauf endet in 5 Minuten', 60: 'Der Verkauf endet in einer Minute' },
    stock: (percent, remaining, count) =>
      plural(remaining, {
        one: `Noch ${percent}: ${count} Stück`,
        other: `Noch ${percent}: ${count} Stück`,
      }),
  },

  footer: 'Echter Bestand, keine künstliche Knappheit und ein Countdown nach der Uhr des Servers.',
};
