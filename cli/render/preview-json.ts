import type { PreviewReport } from './preview-report';

/** The JSON of a preview in pieces, one for each resource: together they are `JSON.stringify` of it, indented by two. */
export function* previewJson({ schema, resources, unsupported, findings, ...rest }: PreviewReport): Generator<string> {
  yield `{\n  "schema": ${JSON.stringify(schema)},\n  "resources": [`;
  for (const [index, resource] of resources.entries()) yield `${index ? ',' : ''}\n    ${indented(resource, 4)}`;
  yield resources.length ? '\n  ]' : ']';
  for (const [name, value] of Object.entries({ unsupported, findings, ...rest })) {
    if (value !== undefined) yield `,\n  ${JSON.stringify(name)}: ${indented(value, 2)}`;
  }
  yield '\n}\n';
}

function indented(value: unknown, by: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(by)}`);
}
