import { type StaffRole, staffRoles } from '@flipzon/protocol/identity.ts';
import type { PeopleAnswer, PersonShown } from '@flipzon/protocol/people.ts';
import { type FormEvent, useState } from 'react';
import { useConsole } from '../console-context.ts';
import { Field } from '../parts/Field.tsx';
import { linkButton, quietButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { SelectField } from '../parts/SelectField.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

/** Who may use the console. For owners. */
export function PeoplePanel() {
  const texts = useConsoleTexts();
  const words = texts.people;
  const { api } = useConsole();
  const { body, state, refresh } = useAnswer<PeopleAnswer>('/people');
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);

  async function change(
    method: 'POST' | 'DELETE',
    path: string,
    done: string,
    sent?: unknown,
  ): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    const answer = await api.ask(path, sent === undefined ? { method } : { method, body: sent });
    setBusy(false);
    setSaid(answer.ok ? done : (words.refused[answer.code] ?? words.failed));
    refresh();
    return answer.ok;
  }

  return (
    <Panel title={words.title} detail={words.detail}>
      <Invitation
        busy={busy}
        invite={(email, role, onDone) => {
          void change('POST', '/people', words.invited(email), { email, role }).then((isDone) => {
            if (isDone) onDone();
          });
        }}
      />
      <p role="status" className="mt-3 text-sm font-semibold [overflow-wrap:anywhere] empty:hidden">
        {state === 'failed' ? words.failed : said}
      </p>
      <ul data-testid="people" className="mt-2 divide-y divide-line">
        {body?.people.map((person) => (
          <Entry
            key={person.id}
            person={person}
            onRemove={() =>
              void change('DELETE', `/people/${encodeURIComponent(person.id)}`, words.removed(nameOf(person)))
            }
          />
        ))}
      </ul>
    </Panel>
  );
}

function Invitation(props: {
  busy: boolean;
  invite: (email: string, role: StaffRole, onDone: () => void) => void;
}) {
  const words = useConsoleTexts().people;
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<StaffRole>('operator');

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    props.invite(email.trim(), role, () => setEmail(''));
  }

  return (
    <form className="mt-4 grid items-end gap-4 sm:grid-cols-[1fr_auto_auto]" onSubmit={submit}>
      <Field
        name={words.email}
        input={{
          type: 'email',
          required: true,
          autoComplete: 'off',
          value: email,
          onChange: (event) => setEmail(event.target.value),
        }}
      />
      <SelectField
        name={words.role}
        value={role}
        options={staffRoles.map((each) => ({ value: each, text: words.roles[each] }))}
        onChange={setRole}
      />
      <button type="submit" className={quietButton} aria-disabled={props.busy}>
        {words.invite}
      </button>
    </form>
  );
}

function Entry(props: { person: PersonShown; onRemove: () => void }) {
  const words = useConsoleTexts().people;
  const { person } = props;
  const name = nameOf(person);
  return (
    <li className="flex flex-wrap items-center gap-x-4 py-2 text-sm">
      <bdi translate="no" className="min-w-0 flex-1 font-semibold [overflow-wrap:anywhere]">
        {name}
      </bdi>
      <span className="text-muted">{words.roles[person.role]}</span>
      <span className="text-muted">{person.signedInAt === null ? words.never : words.from[person.from]}</span>
      <button type="button" className={`${linkButton} text-danger`} onClick={props.onRemove}>
        {words.remove}
        <span className="sr-only"> {name}</span>
      </button>
    </li>
  );
}

function nameOf({ email, subject, id }: PersonShown): string {
  return email ?? subject ?? id;
}
