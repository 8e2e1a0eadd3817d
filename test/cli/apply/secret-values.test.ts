import { withKnownSecretValues, withSecretValues } from '../../../cli/apply/secret-values';
import { objectsOf, type SecretPlace } from '../../../cli/plan/chart-input';
import { planOnEmptyServers } from '../../../cli/plan/empty-servers';
import { inputOf } from './engine-input';

const secret = (values: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'database', namespace: 'shop', annotations: { 'cdk8s-karmada.io/secret-values': values } },
  type: 'Opaque',
});
const input = (values = '{"password":{"environment":"PASSWORD"},"key":{"file":"/run/key"}}') =>
  inputOf([{ plane: 'karmada', path: 'shop', objects: [secret(values)] }]);
const there = ({ environment }: SecretPlace) => Buffer.from(environment ? 'hunter2' : [0, 255]);
const sent = (filled: ReturnType<typeof input>) =>
  objectsOf(filled.charts).find(({ key }) => key.kind === 'Secret')?.manifest;

test('values come from the environment and from files, and nothing says where once they are sent', () => {
  expect(sent(withSecretValues(input(), there))).toStrictEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'database', namespace: 'shop' },
    type: 'Opaque',
    data: { password: 'aHVudGVyMg==', key: 'AP8=' },
  });
});

test('all that are not there are said, and no value that is', () => {
  expect(() => withSecretValues(input(), () => undefined)).toThrow(
    new Error(`the value of "password" is in the environment variable PASSWORD, which is not there
  at Secret/shop/database (shop/database)
  fix: set the environment variable PASSWORD
the value of "key" is in the file /run/key, which is not there
  at Secret/shop/database (shop/database)
  fix: write the file, or run the command where it is`),
  );
});

test('a plan does without them, and says where they will come from', () => {
  const known = withKnownSecretValues(input(), () => undefined);
  expect(sent(known)).not.toHaveProperty('data');
  expect(sent(withKnownSecretValues(input(), there))).toHaveProperty('data');
  const planned = planOnEmptyServers(known, []).objects.find(({ key }) => key.kind === 'Secret');
  expect(planned?.notes).toStrictEqual([
    'not checked: its values are read when it is applied (from environment and file)',
  ]);
});

test.each(['nonsense', '{"a":{}}', '{"a":{"environment":"A","file":"b"}}', '[1]', 'null'])(
  'what does not say where a value is, such as %s, is refused',
  (values) => {
    expect(() => input(values)).toThrow(
      'the annotation cdk8s-karmada.io/secret-values does not say of a Secret where its values are',
    );
  },
);
