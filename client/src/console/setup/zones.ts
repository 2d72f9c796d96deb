import { deviceStorage } from '../../storage.ts';

const zoneKey = 'flipzon.zone';

/** Browsers still list some zones by names that their people have given up. */
const renamed: Record<string, string> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Europe/Kiev': 'Europe/Kyiv',
};
const nameOf = (zone: string) => renamed[zone] ?? zone;

export const zones: readonly string[] = [
  ...new Set(['UTC', ...Intl.supportedValuesOf('timeZone').map(nameOf)]),
].sort();

export function ownZone(): string {
  return nameOf(Intl.DateTimeFormat().resolvedOptions().timeZone);
}

/** The zone that was planned in last time on this device, else the device's own. */
export function keptZone(): string {
  const kept = deviceStorage.read(zoneKey);
  return kept !== null && zones.includes(kept) ? kept : ownZone();
}

export function keepZone(zone: string): void {
  deviceStorage.write(zoneKey, zone);
}
