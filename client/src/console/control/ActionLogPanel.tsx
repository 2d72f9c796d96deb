import { Scroll } from '../../ui/Scroll.tsx';
import { useValue } from '../../value.ts';
import { useConsole } from '../console-context.ts';
import { linkButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { ActionEntry } from './ActionEntry.tsx';

export function ActionLogPanel() {
  const texts = useConsoleTexts();
  const words = texts.log;
  const { log } = useConsole();
  const { actions, next, state } = useValue(log.value);
  return (
    <Panel title={words.title}>
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
        {state === 'there' && actions.length === 0 && words.empty}
      </p>
      {next !== null && (
        <button type="button" className={linkButton} onClick={() => void log.more()}>
          {words.more}
        </button>
      )}
    </Panel>
  );
}
