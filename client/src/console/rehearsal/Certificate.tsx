import type { RehearsalCertificate } from '@flipzon/protocol/rehearsal-schemas.ts';
import type { ReactNode } from 'react';
import { useLanguage } from '../../text/language.ts';
import { InEnglish } from '../parts/InEnglish.tsx';
import { Mark } from '../parts/Mark.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';

const percentiles = ['p50Ms', 'p99Ms', 'maxMs'] as const;

/** Faults, latencies and promises; what each is called are the program's own words. */
export function Certificate(props: { certificate: RehearsalCertificate; children: ReactNode }) {
  const texts = useConsoleTexts();
  const words = texts.rehearsal;
  const { formats } = useLanguage();
  const { holds, invariants, faults, notTried, latency, machine, seal } = props.certificate;
  return (
    <div data-testid="certificate" data-holds={holds} className="mt-3 flex flex-col gap-4 text-sm">
      <p className={`text-lg font-semibold tracking-tight ${holds ? 'text-good' : 'text-danger'}`}>
        {words.status[holds ? 'held' : 'broken']}
      </p>
      {props.children}
      <Section title={words.faults}>
        <Table head={[words.fault, words.down, words.ready]}>
          {faults.map(({ name, downMs, recoveredMs }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same fault may strike twice, and none is ever moved.
            <Row key={index} name={name}>
              {[
                formats.duration(downMs, 'short'),
                recoveredMs === null ? words.notInTime : formats.duration(recoveredMs, 'short'),
              ]}
            </Row>
          ))}
          {notTried.map((name) => (
            <Row key={name} name={name}>
              {[texts.none, words.notTried]}
            </Row>
          ))}
        </Table>
      </Section>
      <Section title={words.answers}>
        <Table head={[texts.watch.outcome, texts.watch.count, 'p50', 'p99', words.slowest]}>
          {(['claimed', 'other'] as const).map((kind) => (
            <Row key={kind} name={words.answer[kind]} isOurs>
              {[
                formats.number(latency[kind].count),
                ...percentiles.map((name) => formats.duration(latency[kind][name], 'short')),
              ]}
            </Row>
          ))}
        </Table>
      </Section>
      <Section title={words.promises}>
        <ul className="divide-y divide-line">
          {invariants.map(({ says, holds: isKept }) => (
            <li key={says} className="flex gap-3 py-1.5">
              <Mark ok={isKept} label={isKept ? texts.preflight.ok : texts.preflight.notOk} />
              <InEnglish className="min-w-0 [overflow-wrap:anywhere]">{says}</InEnglish>
            </li>
          ))}
        </ul>
      </Section>
      <p className="text-xs text-muted [overflow-wrap:anywhere]">
        <InEnglish>
          {machine.cpus} × {machine.cpu}, Node {machine.node}
        </InEnglish>
        {seal !== null && (
          <span className="block">
            {words.seal}{' '}
            <bdi translate="no" className="font-mono">
              {seal.root}
            </bdi>
          </span>
        )}
      </p>
    </div>
  );
}

function Section(props: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="font-semibold">{props.title}</h3>
      {props.children}
    </section>
  );
}

function Table(props: { head: readonly string[]; children: ReactNode }) {
  return (
    <table className="mt-1 w-full tabular-nums max-sm:text-[0.8125rem]">
      <thead>
        <tr>
          {props.head.map((name, column) => (
            <th
              key={name}
              scope="col"
              className={`py-1 ps-3 font-medium text-muted first:ps-0 max-sm:ps-1.5 ${column === 0 ? 'text-start' : 'text-end'}`}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  );
}

function Row(props: { name: string; isOurs?: boolean; children: readonly string[] }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 text-start font-normal">
        {props.isOurs ? props.name : <InEnglish>{props.name}</InEnglish>}
      </th>
      {props.children.map((text, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column.
        <td key={column} className="py-1.5 ps-3 text-end font-medium max-sm:ps-1.5">
          {text}
        </td>
      ))}
    </tr>
  );
}
