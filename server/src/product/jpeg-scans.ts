const marker = 0xff;
const startOfScan = 0xda;
const endOfImage = 0xd9;

/** Whether a JPEG has more scans than that. Each scan of a progressive JPEG goes over the whole picture, and may have a hundred bytes. */
export function hasMoreScans(file: Buffer, scansMax: number): boolean {
  let scans = 0;
  for (let at = file.indexOf(marker, 2); at !== -1; at = file.indexOf(marker, at)) {
    const kind = file[at + 1];
    if (kind === undefined || kind === endOfImage) return false;
    // Fill bytes, stuffed data, restarts and TEM have no length behind them.
    if (kind === marker) at++;
    else if (kind <= 0x01 || (kind >= 0xd0 && kind <= 0xd7)) at += 2;
    else {
      if (at + 4 > file.length) return false;
      if (kind === startOfScan && ++scans > scansMax) return true;
      at += 2 + file.readUInt16BE(at + 2);
    }
  }
  return false;
}
