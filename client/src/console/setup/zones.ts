import { deviceStorage } from '../../sale/storage.ts';

const zoneKey = 'flipzon.zone';

export const zones: readonly string[] = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].sort();

export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The zone that was planned in last time on this device, else the device's own. */
export function keptZone(): string {
  const kept = deviceStorage.read(zoneKey);
  return kept !== null && zones.includes(kept) ? kept : ownZone();
}

export function keepZone(zone: string): void {
  deviceStorage.write(zoneKey, zone);
}
