import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import { Fact } from '../ui/Fact.tsx';
import { Part } from './Part.tsx';
import { useWords } from './use-words.ts';

export function SealPart(props: { report: SaleReport }) {
  const { words, formats } = useWords();
  const { saleId, seal, invariants } = props.report;
  if (invariants?.hold === false) {
    return (
      <Part title={words.seal.title} detail={words.seal.broken}>
        <ul lang="en" dir="ltr" data-testid="broken" className="list-disc ps-5 font-medium">
          {invariants.failed.map((invariant) => (
            <li key={invariant}>{invariant}</li>
          ))}
        </ul>
      </Part>
    );
  }
  if (seal === null) {
    return (
      <Part title={words.seal.title} detail={words.seal.detail}>
        <p className="text-muted">{words.seal.later}</p>
      </Part>
    );
  }
  return (
    <Part title={words.seal.title} detail={words.seal.detail}>
      <div className="rounded-3xl border border-line bg-card p-5 sm:p-7">
        <p className="text-sm text-muted">{words.seal.root}</p>
        <code
          dir="ltr"
          data-testid="root"
          className="mt-1 block font-mono text-base leading-relaxed break-all sm:text-xl sm:leading-relaxed"
        >
          {seal.root}
        </code>
        <dl className="mt-5 flex flex-wrap gap-x-10 gap-y-3 text-sm">
          <Fact name={words.seal.claims}>{formats.number(seal.size)}</Fact>
          <Fact name={words.seal.version}>{formats.number(seal.version)}</Fact>
          {invariants !== null && <Fact name={words.seal.invariants}>{words.seal.allHold}</Fact>}
          <Fact name={words.seal.sealedAt}>
            <time dateTime={seal.sealedAt}>{formats.dayTimeAndZone(Date.parse(seal.sealedAt))}</time>
          </Fact>
        </dl>
        <p className="mt-5">
          <a
            href={`/sales/${saleId}/seal/leaves`}
            className="inline-flex min-h-11 items-center font-medium underline decoration-line underline-offset-4 hover:decoration-ink"
          >
            {words.seal.leaves}
          </a>
        </p>
        <p className="mt-1 text-sm text-muted">{words.seal.check}</p>
        <code dir="ltr" className="mt-2 block rounded-xl bg-paper p-3 font-mono text-xs break-all">
          python3 docs/verify.py sale {location.origin} {saleId}
        </code>
      </div>
    </Part>
  );
}
