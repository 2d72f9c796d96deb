const sparePerProcess = 200;

/** A one-line explanation when this machine does not let a process open as many sockets as needed; else `null`. */
export function tooManySockets(sockets: number, processes: number): string | null {
  const limit = softLimit();
  const each = Math.ceil(sockets / processes) + sparePerProcess;
  if (limit === null || each <= limit) return null;
  const enough = Math.ceil(sockets / Math.max(1, limit - sparePerProcess));
  return `A process may open ${limit} files here and each of ${processes} would need ${each}: take --processes ${enough}, or raise the limit (ulimit -n).`;
}

function softLimit(): number | null {
  const report = process.report?.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : null;
}
