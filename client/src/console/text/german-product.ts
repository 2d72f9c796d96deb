/** The texts about what a product looks like. */
export const germanProduct = {
  product: {
    description: 'Beschreibung',
    descriptionHint: 'Reiner Text. Eine Leerzeile trennt Absätze.',
    images: 'Bilder',
    imagesHint: 'JPEG, PNG, WebP oder AVIF, je bis 10 MB. Das erste ist das größte auf der Seite.',
    add: 'Bilder hinzufügen',
    uploading: (name: string) => `${name} wird hochgeladen…`,
    alt: 'Alternativtext',
    altHint: 'Was das Bild zeigt, für alle, die es nicht sehen.',
    earlier: 'Nach vorn',
    later: 'Nach hinten',
    remove: 'Entfernen',
    full: 'Ein Produkt hat höchstens 8 Bilder.',
    wrong: {
      description: 'Höchstens 2.000 Zeichen eingeben.',
      alt: 'Jedes Bild mit 1 bis 200 Zeichen beschreiben.',
    },
    refused: {
      invalid_image: (name: string) => `${name}: Dieses Bild nimmt der Shop nicht an.`,
      payload_too_large: (name: string) => `${name}: Die Datei ist größer als 10 MB.`,
      unsupported_media_type: (name: string) => `${name}: Nur JPEG, PNG, WebP und AVIF sind möglich.`,
      too_many_requests: (_name: string) => 'Zu viele Uploads. Eine Minute warten, dann erneut versuchen.',
      request_timeout: (name: string) =>
        `${name}: Das Hochladen hat zu lange gedauert. Eine kleinere Datei verwenden.`,
      other: (name: string) => `${name} konnte nicht hochgeladen werden. Erneut versuchen.`,
    },
  },
};
