import { useEffect, useMemo, useState } from 'react';
import { Scroll } from '../../ui/Scroll.tsx';
import { useValue } from '../../value.ts';
import { createActionLog, type LogFilter } from '../action-log.ts';
import { useConsole } from '../console-context.ts';
import { linkButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { useDownload } from '../parts/use-download.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { ActionEntry } from './ActionEntry.tsx';
import { ActionFilterForm } from './ActionFilterForm.tsx';

export function ActionLogPanel() {
  const texts = useConsoleTexts();
  const words = texts.log;
  const [filter, setFilter] = useState<LogFilter>({});
  const { failed, download } = useDownload();
  const log = useFiltered(filter);
  const { actions, next, state } = useValue(log.value);

  const save = () =>
    download(
      `/operator/actions?${new URLSearchParams({ ...filter, format: 'csv' })}`,
      'activity.csv',
      'text/csv',
    );

  return (
    <Panel
      title={words.title}
      aside={
        <button type="button" className={linkButton} onClick={() => void save()}>
          {texts.after.csv}
        </button>
      }
    >
      <ActionFilterForm onFilter={setFilter} />
      <Scroll label={words.title} className="mt-2 max-h-[34rem]">
        <ol data-testid="log" className="divide-y divide-line">
          {actions.map((action) => (
            <ActionEntry key={action.id} action={action} />
          ))}
        </ol>
      </Scroll>
      <p role="status" className="py-2 text-sm text-muted empty:hidden">
        {state === 'loading' && texts.loading}
        {state === 'failed' && words.failed}
        {state === 'there' &&
          actions.length === 0 &&
          (isFilter(filter) ? texts.logFilter.noMatch : words.empty)}
        {failed && <span className="block text-danger">{texts.after.csvFailed}</span>}
      </p>
      {next !== null && (
        <button type="button" className={linkButton} onClick={() => void log.more()}>
          {words.more}
        </button>
      )}
    </Panel>
  );
}

/** An empty one leaves nothing out. */
function isFilter(filter: LogFilter): boolean {
  return Object.keys(filter).length > 0;
}

/** The log of the whole console, or one of its own, which is read again whenever the whole one has changed. */
function useFiltered(filter: LogFilter) {
  const { api, log } = useConsole();
  const filtered = useMemo(() => (isFilter(filter) ? createActionLog(api, filter) : log), [api, log, filter]);
  useEffect(() => {
    if (filtered === log) return;
    void filtered.refresh();
    return log.value.subscribe(() => void filtered.refresh());
  }, [filtered, log]);
  return filtered;
}
