/** The names of a table's columns. `hasSteps`: the last column has buttons, and no name. */
export function TableHead(props: { names: readonly string[]; hasSteps?: boolean }) {
  return (
    <thead>
      <tr>
        {props.names.map((name) => (
          <th
            key={name}
            scope="col"
            className="py-1.5 pe-4 text-start font-medium whitespace-nowrap text-muted"
          >
            {name}
          </th>
        ))}
        {props.hasSteps && <td />}
      </tr>
    </thead>
  );
}
