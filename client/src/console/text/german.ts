import { pluralsOf } from '../../text/plural.ts';
import type { ConsoleTexts } from './english.ts';
import { germanAhead } from './german-ahead.ts';
import { germanFigures } from './german-figures.ts';
import { germanProduct } from './german-product.ts';

const plural = pluralsOf('de');

export const german: ConsoleTexts = {
  title: 'Konsole',
  pageTitle: (product) => `${product} · Flipzon-Konsole`,
  parts: 'Bereiche der Konsole',
  part: { setup: 'Verkäufe', control: 'Steuern', watch: 'Live', after: 'Ergebnisse' },
  close: 'Schließen',
  loading: 'Wird geladen …',
  none: '–',

  signIn: {
    title: 'Als Betreiber anmelden',
    detail: 'Alle Änderungen hier werden unter dem Namen des Betreibers protokolliert.',
    field: 'Betreiber-ID',
    token: 'Token des Betreibers',
    tokenDetail: 'Fügen Sie das Token Ihres Identitätsdienstes ein.',
    tokenRefused: 'Das ist kein Token.',
    forbidden: (name) => `${name} ist kein Betreiber dieses Shops.`,
  },

  strip: {
    label: 'Aktueller Verkauf',
    none: 'Es gibt noch keinen Verkauf.',
    noneDetail: 'Legen Sie unter Verkäufe einen an.',
    opens: (time) => `Beginnt ${time}`,
    opensIn: 'Beginnt in',
    opened: (time) => `Begonnen ${time}`,
    ends: (time) => `Endet ${time}`,
    ended: (time) => `Beendet ${time}`,
    left: 'Übrig',
    leftOf: (quantity) => `von ${quantity}`,
    gone: 'Verkauft',
    orders: 'Bestellungen',
    watching: 'Verbunden',
    version: (version) => `Fassung ${version}`,
  },
  status: {
    scheduled: 'Geplant',
    live: 'Läuft',
    paused: 'Angehalten',
    sold_out: 'Ausverkauft',
    ended: 'Beendet',
    called_off: 'Abgesagt',
    planned: 'Vorgemerkt',
  },

  invariantStatus: {
    label: 'Konsistenzprüfung',
    good: 'Bestand und Bestellungen stimmen überein',
    behind: (count, text) =>
      plural(count, {
        one: `Bestand und Bestellungen stimmen überein; ${text} Bestellung ausstehend`,
        other: `Bestand und Bestellungen stimmen überein; ${text} Bestellungen ausstehend`,
      }),
    bad: 'Abweichung: anhalten und prüfen',
    unknown: 'Unbekannt, keine Daten',
    stock: 'Übrig + verkauft = Menge',
    orders: 'Verkauft = Bestellungen',
    duplicates: 'Doppelte',
    counted: (age) => `Vor ${age} gezählt`,
    writerBehind: (count, text) =>
      plural(count, { one: `${text} Bestellung ausstehend`, other: `${text} Bestellungen ausstehend` }),
    spoken: {
      good: 'Bestand und Bestellungen stimmen überein.',
      bad: 'Bestand und Bestellungen stimmen nicht überein.',
      unknown: 'Konsistenzprüfung: keine Daten.',
    },
  },

  control: {
    title: 'Verkauf steuern',
    detail: 'Änderungen gelten sofort für alle.',
    viewing: 'Sie können hier alles sehen und nichts ändern.',
    over: 'Der Verkauf ist vorbei. Legen Sie den nächsten unter Verkäufe an.',
    facts: {
      opens: 'Beginn',
      ends: 'Ende',
      never: 'wenn ausverkauft oder beendet',
      quantity: 'Stück',
      perCustomer: 'Je Kunde',
      price: 'Preis',
      id: 'Verkauf',
    },
    action: {
      open: 'Jetzt eröffnen',
      pause: 'Anhalten',
      resume: 'Fortsetzen',
      move: 'Verlegen',
      edit: 'Produkt ändern',
      restock: 'Aufstocken',
      end: 'Beenden',
      cancel: 'Bestellung stornieren',
      start: 'Anlegen',
      plan: 'Vormerken',
      activate: 'Veröffentlichen',
      drop: 'Vormerkung löschen',
    },
    explain: {
      open: 'Der Verkauf beginnt sofort. Jeder Countdown springt auf null.',
      pause:
        'Bis Sie fortsetzen, kann niemand kaufen. Bestellungen bleiben gültig, und alle sehen Ihren Grund.',
      resume: 'Der Verkauf geht sofort weiter.',
      move: 'Jeder Countdown wird sofort angepasst.',
      edit: 'Name, Beschreibung und Bilder ändern sich für alle. Möglich bis zur Öffnung.',
      restock: 'Die zusätzlichen Stücke sind sofort im Verkauf. Ein ausverkaufter Verkauf geht weiter.',
      end: 'Der Verkauf endet endgültig. Ein beendeter Verkauf kann nicht wieder eröffnet werden.',
      cancel:
        'Das Stück ist sofort wieder im Verkauf. Der Kunde wird benachrichtigt und kann in diesem Verkauf nicht noch einmal kaufen.',
      start: 'Er ersetzt den aktuellen Verkauf, der endgültig endet. Dessen Bestellungen bleiben gültig.',
      drop: 'Er wird für alle Betreiber aus der Liste gelöscht. Kein Kunde hat ihn gesehen.',
    },
    reason: 'Grund (öffentlich)',
    logReason: 'Grund (für das Protokoll)',
    reasonHint: 'Zum Beispiel: Wir prüfen einen Zahlungsdienst.',
    units: 'Zusätzliche Stücke',
    order: 'Bestellnummer',
    orderHint: 'Aus der Liste der Bestellungen unter Ergebnisse.',
    confirm: (word) => `Zur Bestätigung ${word} eingeben`,
    confirmWrong: (word) => `Geben Sie ${word} genau so ein, wie es hier steht.`,
    busy: 'Wird ausgeführt …',
    done: {
      open: 'Der Verkauf ist eröffnet.',
      pause: 'Der Verkauf ist angehalten.',
      resume: 'Der Verkauf geht weiter.',
      move: 'Der Verkauf ist verlegt.',
      edit: 'Das Produkt ist geändert.',
      restock: 'Die neuen Stücke sind im Verkauf.',
      end: 'Der Verkauf ist beendet.',
      cancel: 'Die Bestellung ist storniert. Ihr Stück ist wieder im Verkauf.',
      start: 'Der neue Verkauf ist veröffentlicht.',
      plan: 'Der Verkauf ist vorgemerkt.',
      activate: 'Der vorgemerkte Verkauf ist veröffentlicht.',
      drop: 'Die Vormerkung ist gelöscht.',
    },
    notDone: {
      unreachable:
        'Keine Antwort vom Shop. Prüfen Sie unter Aktivität, ob die Änderung ausgeführt wurde, und versuchen Sie es dann noch einmal.',
      unavailable:
        'Vorübergehend nicht verfügbar; nichts wurde geändert. Versuchen Sie es gleich noch einmal.',
      forbidden: 'Dieses Konto gehört keinem Betreiber.',
      not_found:
        'Verkauf oder Bestellung nicht gefunden, oder die Bestellung ist noch nicht bestätigt. Prüfen Sie die Nummer und versuchen Sie es noch einmal.',
      invalid_request: 'Die Angaben sind ungültig. Prüfen Sie sie und versuchen Sie es noch einmal.',
      conflict: 'Ein anderer Betreiber ändert diesen Verkauf. Versuchen Sie es gleich noch einmal.',
      rehearsal_running: 'Eine andere Probe läuft. Warten Sie, bis sie endet, oder brechen Sie sie ab.',
      sale_too_near: 'Ein Verkauf läuft oder beginnt innerhalb von 30 Minuten. Versuchen Sie es danach.',
      redis_unsafe:
        'So, wie Redis eingerichtet ist, könnten verkaufte Stücke verloren gehen; ein echter Verkauf kann nicht beginnen. „Vor dem Start“ zeigt, was zu ändern ist.',
      database_full:
        'FerretDB hat seine Höchstzahl an Bestellungen erreicht. Nehmen Sie MongoDB oder für weitere Versuche ein leeres DATA_DIR.',
      no_rehearsals: 'Dieser Shop startet keine Proben.',
      other: 'Der Shop hat die Änderung abgelehnt. Prüfen Sie den Verkauf und versuchen Sie es noch einmal.',
    },
  },

  conflict: {
    title: 'Der Verkauf hat sich geändert',
    detail: 'Nichts wurde ausgeführt, denn Sie sahen einen älteren Stand. Änderungen seither:',
    unknown: 'Die Änderungen sind nicht mehr gespeichert. Dies ist der aktuelle Verkauf.',
    retry: 'Auf den aktuellen Stand anwenden',
  },

  customers: {
    title: 'Kunden sperren',
    detail:
      'Ein gesperrter Kunde kann nicht kaufen. Seine Bestellungen bleiben gültig, bis Sie sie stornieren.',
    customer: 'Kunde',
    customerMissing: 'Geben Sie die Kunden-ID ein, wie sie in der Liste der Bestellungen steht.',
    block: 'Sperren',
    unblock: 'Entsperren',
    done: {
      block: (customer) => `${customer} ist gesperrt.`,
      unblock: (customer) => `${customer} kann wieder kaufen.`,
    },
  },

  log: {
    title: 'Aktivität',
    empty: 'Noch keine Aktivität.',
    failed: 'Die Aktivität konnte nicht geladen werden.',
    more: 'Ältere Einträge',
    begun: 'begonnen, Ergebnis unbekannt',
    action: {
      start: 'hat den Verkauf angelegt',
      replace: 'hat ihn durch einen neuen ersetzt',
      pause: 'hat angehalten',
      resume: 'hat fortgesetzt',
      end: 'hat den Verkauf beendet',
      restock: 'hat aufgestockt',
      reschedule: 'hat den Verkauf verlegt',
      edit: 'hat das Produkt geändert',
      cancel: 'hat eine Bestellung storniert',
      plan: 'hat einen Verkauf vorgemerkt',
      unplan: 'hat einen vorgemerkten Verkauf gelöscht',
      rehearse: 'hat eine Generalprobe begonnen',
      stop_rehearsal: 'hat die Probe abgebrochen',
      block: 'hat einen Kunden gesperrt',
      unblock: 'hat einen Kunden entsperrt',
      invite: 'hat jemanden eingeladen',
      remove: 'hat jemanden entfernt',
    },
    field: {
      person: 'Konto',
      role: 'Rolle',
      quantity: 'Stück',
      shoppers: 'Kunden',
      startsAt: 'Beginn',
      endsAt: 'Ende',
      paused: 'Angehalten',
      reason: 'Grund',
      status: 'Bestellung',
      name: 'Produkt',
      description: 'Beschreibung',
      images: 'Bilder',
      price: 'Preis',
      perCustomer: 'Je Kunde',
      simulated: 'Simulierter Andrang',
      blocked: 'Gesperrt',
    },
    yes: 'ja',
    no: 'nein',
    from: (before, after) => `${before} → ${after}`,
  },

  setup: {
    title: 'Neuer Verkauf',
    name: 'Produkt',
    price: 'Preis',
    currency: 'Währung',
    quantity: 'Stück',
    perCustomer: 'Stück je Kunde',
    when: 'Beginn',
    at: { time: 'Zu einem Zeitpunkt', now: 'Sofort' },
    zone: 'Zeitzone',
    opensAt: 'Eröffnung',
    hasEnd: 'Endet zu einem Zeitpunkt',
    endsAt: 'Ende',
    simulated: 'Simulierter Andrang',
    simulatedDetail: 'Zur Vorführung. Jede Seite weist darauf hin.',
    submit: 'Verkauf veröffentlichen',
    submitNow: 'Verkauf jetzt eröffnen',
    purpose: 'Veröffentlichung',
    purposes: { page: 'Jetzt veröffentlichen', plan: 'Für später vormerken' },
    purposeDetail: {
      page: 'Ersetzt den aktuellen Verkauf.',
      plan: 'Kommt zu den vorgemerkten Verkäufen.',
    },
    submitPlan: 'Verkauf vormerken',
    wrong: {
      name: 'Geben Sie einen Namen von 1 bis 120 Zeichen ein.',
      price: (decimals, count) =>
        decimals === 0
          ? 'Geben Sie eine ganze Zahl ab 0 ein.'
          : `Geben Sie einen Preis ab 0 mit höchstens ${count} Nachkommastellen ein.`,
      quantity: 'Geben Sie eine ganze Zahl von 1 bis 10.000.000 ein.',
      perCustomer: 'Geben Sie eine ganze Zahl von 1 bis 10 ein.',
      opensAt: 'Geben Sie Datum und Uhrzeit ein.',
      past: 'Dieser Zeitpunkt liegt in der Vergangenheit.',
      gap: (zone) =>
        `Diese Uhrzeit gibt es in ${zone} nicht: Sie wird beim Vorstellen der Uhren übersprungen.`,
      endsAt: 'Das Ende muss nach dem Beginn liegen.',
    },
    twice: 'Diese Uhrzeit gibt es zweimal: Die Uhren werden zurückgestellt.',
    twiceFirst: 'Das erste Mal',
    twiceSecond: 'Das zweite Mal',
  },

  preview: {
    title: 'Vorschau',
    now: 'Der Verkauf beginnt, sobald Sie bestätigen.',
    incomplete: 'Wählen Sie einen Beginn, um die Vorschau zu sehen.',
    sale: 'Zeitzone des Verkaufs',
    yours: 'Ihre Zeitzone',
    utc: 'UTC',
    from: 'Beginnt in',
    lasts: 'Dauer',
    forward: (when, zone, by) =>
      `Die Uhren in ${zone} werden am ${when}, vor dem Beginn, um ${by} vorgestellt.`,
    backward: (when, zone, by) =>
      `Die Uhren in ${zone} werden am ${when}, vor dem Beginn, um ${by} zurückgestellt.`,
    offer: (units, name, price) => `${units} × ${name} zu je ${price}`,
    each: (count, text) =>
      plural(count, { one: `${text} für jeden Kunden`, other: `bis zu ${text} für jeden Kunden` }),
  },

  preflight: {
    title: 'Vor dem Start',
    detail: 'Prüfungen, bevor ein Verkauf beginnt.',
    good: 'Verkaufsbereit',
    bad: (count, text) =>
      plural(count, { one: `Nicht bereit: ${text} Problem`, other: `Nicht bereit: ${text} Probleme` }),
    ok: 'in Ordnung',
    notOk: 'Problem',
    idle: 'derzeit nicht nötig',
    idleGood: 'Keine Probleme; es ist kein Verkauf geplant',
    details: 'Einzelheiten',
    run: 'Noch einmal prüfen',
    running: 'Wird geprüft …',
    failed: 'Die Prüfung ist fehlgeschlagen. Versuchen Sie es noch einmal.',
    at: (time) => `Geprüft um ${time}`,
  },

  ...germanProduct,
  ...germanAhead,
  ...germanFigures,
};
