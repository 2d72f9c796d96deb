import type { Texts } from './english.ts';
import { pluralsOf } from './plural.ts';

const plural = pluralsOf('de');

export const german: Texts = {
  brand: 'Flipzon',
  pageTitle: (product) => `${product} · Flipzon-Blitzverkauf`,
  watching: (count) => `${count} Zuschauer`,
  signedInAs: 'Angemeldet als',
  signOut: 'Abmelden',
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
    held: 'Anzeige angehalten',
    stale: 'Zuletzt bekannt',
  },
  noSaleDetail: 'Noch ist nichts geplant. Der nächste Verkauf erscheint hier von selbst.',

  leftOf: (quantity) => `von ${quantity} übrig`,
  unitsInAll: (_count, quantity) => `${quantity} Stück insgesamt`,
  unitsForSale: (count, quantity, price) =>
    plural(count, { one: `${quantity} Stück für ${price}`, other: `${quantity} Stück zu je ${price}` }),
  left: (remaining, quantity) => `${remaining} von ${quantity} übrig`,
  ends: {
    on: (time) => `Endet ${time}`,
    in: (clock) => `Endet in ${clock}`,
  },
  noRefresh: 'Neu laden ist nicht nötig: Der Verkauf beginnt von selbst.',
  daysLeft: (days, count) => plural(days, { one: `${count} Tag`, other: `${count} Tage` }),
  utc: (time) => `${time} UTC`,
  lastKnown: 'der letzte bekannte Stand',
  asOf: (age) => `Stand vor ${age}`,
  heldAt: (time) => `Die Anzeige ist angehalten; Stand: ${time}.`,
  clockOff: (seconds) => `Ihre Uhr weicht um ${seconds} s ab; es gilt unsere.`,

  simulated: {
    label: 'Simulierter Andrang',
    detail: 'Zur Vorführung: Die Käufer in diesem Verkauf sind ein Programm.',
  },

  curve: {
    since: (time) => `Verlauf der übrigen Stücke auf dieser Seite seit ${time}`,
  },

  button: {
    buy: (price) => `Für ${price} kaufen`,
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

  signInForm: {
    title: 'Zum Kaufen anmelden',
    expired: 'Ihre Sitzung ist abgelaufen. Melden Sie sich neu an; der Verkauf geht hier unterdessen weiter.',
    demo: 'Dies ist ein Demo-Shop: Jeder Name ist möglich.',
    field: 'Kunden-ID',
    submit: 'Anmelden',
    busy: 'Anmeldung läuft …',
    close: 'Nur zusehen',
    refused: {
      elsewhere:
        'Die Anmeldung bei diesem Shop läuft an anderer Stelle. Melden Sie sich zuerst dort an und kommen Sie dann auf diese Seite zurück.',
      invalid: 'Diese Kunden-ID können wir nicht verwenden.',
      too_many: 'Zu viele Versuche. Warten Sie einen Moment und versuchen Sie es dann noch einmal.',
      unreachable: 'Die Anmeldung hat gerade nicht geklappt. Versuchen Sie es noch einmal.',
    },
  },

  message: {
    live: (perCustomer) => ({
      title: 'Wer zuerst kommt, mahlt zuerst.',
      detail: `Höchstens ${perCustomer} je Kunde. Echter Bestand, es gilt die Uhr des Servers.`,
    }),
    claiming: () => ({ title: 'Wird gesichert …', detail: 'Ihr Klick ist unterwegs.' }),
    unknown: () => ({
      title: 'Ihr Anspruch wird geprüft …',
      detail: 'Noch keine Antwort. Wir fragen weiter nach und kaufen dabei nie zweimal.',
    }),
    unavailable: () => ({
      title: 'Die Kasse wird geprüft; Ihr Platz ist sicher.',
      detail: 'Wir fragen von selbst wieder nach. Sie müssen nichts tun.',
    }),
    unavailable_to_all: () => ({
      title: 'Die Kasse wird geprüft.',
      detail: 'Solange das dauert, kann niemand kaufen. Der Kaufknopf kommt hier von selbst zurück.',
    }),
    lost: () => ({ title: 'Ausverkauft, bevor Ihr Klick bei uns ankam.', detail: '' }),
    lostTimes: (arrived, last) =>
      `Ihr Klick kam um ${arrived} beim Shop an. Das letzte Stück wurde um ${last} vergeben.`,
    lostClosely:
      'Klicks, die fast gleichzeitig ankommen, werden nacheinander entschieden. Der Bericht sagt, wie weit das von der Reihenfolge ihrer Ankunft abwich.',
    sold_out: () => ({
      title: 'Alles ist vergeben.',
      detail: 'Bleiben Sie hier: Kommt ein Stück zurück, kommt auch der Kaufknopf zurück.',
    }),
    soldOutIn: (duration) => `Ausverkauft ${duration} nach dem Beginn.`,
    rate_limited: (seconds) => ({
      title: `Versuchen Sie es in ${seconds} s wieder.`,
      detail: 'Das waren viele Klicks. Der Kaufknopf kommt von selbst zurück.',
    }),
    too_early: () => ({
      title: 'Einen Moment zu früh.',
      detail: 'Der Server hat den Verkauf noch nicht eröffnet. Wir haben die Uhr neu gestellt.',
    }),
    paused: (reason) => ({
      title: 'Der Verkauf ist angehalten.',
      detail: reason ?? 'Er geht hier von selbst weiter.',
    }),
    ended: (reason) => ({ title: 'Der Verkauf ist beendet.', detail: reason ?? 'Danke für Ihren Besuch.' }),
    reconnecting: () => ({
      title: 'Verbindung unterbrochen. Wird wiederhergestellt …',
      detail: 'Sobald sie wieder steht, können Sie kaufen. Kein Klick wird für später aufgehoben.',
    }),
    connecting: () => ({
      title: 'Verbindung wird hergestellt …',
      detail: 'Sobald sie steht, können Sie kaufen. Kein Klick wird für später aufgehoben.',
    }),
    /** There is no socket; requests are answered. */
    polling: () => ({
      title: 'Keine Live-Verbindung: Der Bestand wird alle paar Sekunden abgefragt.',
      detail: 'Sie können wie gewohnt kaufen.',
    }),
    blocked: () => ({
      title: 'Der Shop hat dieses Konto gesperrt.',
      detail:
        'Sie können nicht kaufen; fragen Sie den Shop, wenn Sie den Grund nicht kennen. Ihre Bestellungen stehen unter „Bestellungen“.',
    }),
    boughtBefore: (unit) =>
      `Stück ${unit} aus dem vorigen Verkauf gehört Ihnen. Sie finden es unter „Bestellungen“.`,
    offline: () => ({
      title: 'Sie sind offline.',
      detail: 'Kaufen ist gesperrt, bis Ihr Netz wieder da ist. Kein Klick wird für später aufgehoben.',
    }),
    revoked: (unit) => ({
      title: `Ihr Anspruch auf Stück ${unit} wurde zurückgenommen.`,
      detail:
        'Durch einen Ausfall bei uns ging er verloren, bevor er verbucht war. Ihnen wurde nichts berechnet.',
    }),
    revokedAgain: 'Kommt ein Stück zurück, können Sie es hier kaufen.',
    cancelled: (unit) => ({
      title: `Ihre Bestellung von Stück ${unit} wurde vom Shop storniert.`,
      detail:
        'In diesem Verkauf können Sie nicht noch einmal kaufen; wenn Sie den Grund nicht kennen, fragen Sie den Shop.',
    }),
    cancelledOnSale: 'Das Stück steht anderen wieder zum Verkauf.',
    refused: () => ({
      title: 'Das hat nicht geklappt.',
      detail: 'Der Shop hat diesen Kauf abgelehnt. Ihnen wurde nichts berechnet.',
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
    confirmed: 'Bestätigt und verbucht.',
    already: 'Sie haben schon eins. Hier ist es.',
    number: 'Bestellung',
    price: 'Preis',
    claimedAt: 'Gesichert',
    confirmedAt: 'Bestätigt',
    pending: 'gleich',
    units: 'Ihre Stücke',
    ofYours: (held, most) => `${held} von ${most} gehören Ihnen`,
  },

  receipt: {
    download: 'Beleg herunterladen',
    show: 'Signierter Beleg',
    explained: 'Der Shop hat Ihren Anspruch signiert. Wer den Schlüssel des Shops hat, kann das prüfen.',
    elsewhere: 'Der signierte Beleg liegt auf dem Gerät, mit dem Sie gekauft haben.',
  },

  proof: {
    check: 'Siegel prüfen',
    checking: 'Wird geprüft …',
    holds: (claim, all) => `Im Siegel: Anspruch ${claim} von ${all}. Auf diesem Gerät nachgerechnet.`,
    notYet: 'Noch nicht versiegelt. Das folgt, wenn der Verkauf vorbei und jede Bestellung verbucht ist.',
    broken: 'Dieser Nachweis stimmt nicht. Bewahren Sie ihn auf und fragen Sie den Shop.',
    failed: 'Der Nachweis lässt sich gerade nicht laden.',
    unsupported: 'Dieser Browser kann ihn nur über eine sichere Verbindung (https) prüfen.',
    save: 'Nachweis speichern',
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
    failed: 'Ihre Bestellungen lassen sich gerade nicht laden.',
    again: 'Noch einmal versuchen',
    status: {
      claimed: 'Wird bestätigt',
      confirmed: 'Bestätigt',
      revoked: 'Zurückgenommen',
      cancelled: 'Storniert',
    },
  },

  reminder: {
    calendar: 'In den Kalender',
    remind: 'Erinnern',
    set: 'Erinnerung gesetzt',
    kept: (time) => `Wir erinnern Sie ${time} vor dem Beginn, solange diese Seite offen ist.`,
    blocked:
      'Es ist keine Erinnerung gestellt: Ihr Browser zeigt keine Mitteilungen dieser Seite. Erlauben Sie sie, oder tragen Sie den Beginn in Ihren Kalender ein.',
    event: (product) => `${product}: Beginn des Flipzon-Blitzverkaufs`,
    description: (offer) => `${offer}. Wer zuerst kommt, mahlt zuerst.`,
    soon: (product, duration) => `${product}: Beginn in ${duration}`,
    soonDetail: 'Kehren Sie zur Seite zurück: Der Verkauf beginnt dort von selbst.',
    open: (product) => `${product}: Der Verkauf ist eröffnet`,
  },

  boardPage: {
    title: (product) => `${product} · Flipzon-Live-Tafel`,
    sold: 'Vergeben',
    spectators: 'Zuschauer',
    rate: 'Käufe je Sekunde',
    rateOver: (duration) => `in den letzten ${duration}`,
    last: 'Zuletzt vergeben',
    none: 'Noch keins, von dem diese Seite weiß.',
    unit: (unit) => `Stück ${unit}`,
  },

  drawFailed: {
    title: 'Diese Seite kann nicht angezeigt werden.',
    detail: 'Laden Sie sie neu. Ihre Bestellungen sind beim Shop sicher.',
    reload: 'Neu laden',
  },

  notFound: {
    title: 'Unter dieser Adresse ist nichts.',
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

  footer:
    'Was Sie sehen, ist wirklich da: echter Bestand, keine vorgetäuschte Knappheit und ein Countdown nach der Uhr des Servers.',
};
