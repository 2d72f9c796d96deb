/**
 * Keeps the countdown of the first view going until the page's own takes its place. It is sent as the text of this function, so it uses
 * nothing from outside.
 */
export function tickFirstView(): void {
  const view = document.querySelector<HTMLElement>('[data-first-view]');
  const timer = view?.querySelector('time[role=timer]');
  const digits = timer?.querySelector('bdi') ?? timer;
  if (view === null || digits === null || digits === undefined) {
    return;
  }
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const offsetMs = Number(view.dataset.now) - (page?.responseStart ?? performance.now());
  const startsMs = Number(view.dataset.starts);
  const format = new Intl.NumberFormat(view.dataset.locales?.split(','), {
    minimumIntegerDigits: 2,
    useGrouping: false,
  });
  const ticking = setInterval(() => {
    if (!digits.isConnected) {
      clearInterval(ticking);
      return;
    }
    // As countdownTo does it: days stand beside the digits, and in the last hour there are no hours.
    const total = Math.max(0, Math.ceil((startsMs - offsetMs - performance.now()) / 1000));
    const seconds = total > 86_400 ? total % 86_400 : total;
    const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
    const shown = total >= 3600 ? parts : parts.slice(1);
    digits.textContent = shown.map((part) => format.format(Math.floor(part))).join(':');
  }, 200);
}
