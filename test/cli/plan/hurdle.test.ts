import { classify } from '../../../cli/plan/answer';
import { type Hurdle, hurdleOf } from '../../../cli/plan/hurdle';

const said = (message: string, reason?: string) => ({ kind: 'Status', message, ...(reason ? { reason } : {}) });
const webhook =
  'Internal error occurred: failed calling webhook "a.b.c": failed to call webhook: Post "https://a.b.svc:443/x?timeout=10s": ';

test.each<[number, unknown, Hurdle | undefined]>([
  [429, 'Too many requests, please try again later.\n', 'busy'],
  [503, 'service unavailable\n', 'busy'],
  [504, said('Timeout: request did not complete within the allotted timeout', 'Timeout'), 'busy'],
  [500, said('etcdserver: request timed out'), 'busy'],
  [500, said('etcdserver: leader changed'), 'busy'],
  [500, said('the server was unable to return a response in the time allotted', 'ServerTimeout'), 'busy'],
  [500, said(`${webhook}dial tcp 10.0.0.1:443: connect: connection refused`, 'InternalError'), 'webhook'],
  [500, said(`${webhook}service "a" not found`, 'InternalError'), 'webhook'],
  [500, said('conversion webhook for a.example/v1, Kind=B failed: Post "https://x": EOF', 'InternalError'), 'webhook'],
  [
    500,
    said(`${webhook}tls: failed to verify certificate: x509: certificate signed by unknown authority`),
    'webhook-certificate',
  ],
  [500, said('something broke', 'InternalError'), 'fault'],
  [
    500,
    said('failed to create typed patch object (a/b; /v1, Kind=ConfigMap): .x: field not declared in schema'),
    undefined,
  ],
  [500, said('failed to create typed live object (a/b; /v1, Kind=ConfigMap): duplicate entries for key'), undefined],
  [500, said('failed to convert new object (a/b; /v1, Kind=Secret): illegal base64 data at input byte 7'), undefined],
  [500, said('etcdserver: request is too large'), undefined],
  [501, said('not implemented'), undefined],
  [413, said('Request entity too large: limit is 3145728'), undefined],
  [422, said('ConfigMap "a" is invalid', 'Invalid'), undefined],
  [409, said('Operation cannot be fulfilled: the object has been modified', 'Conflict'), undefined],
  [404, '404 page not found\n', undefined],
  [403, said('forbidden', 'Forbidden'), undefined],
  [200, {}, undefined],
])('%i %j: %s', (status, body, hurdle) => {
  expect(hurdleOf({ status, body })).toBe(hurdle);
  if (hurdle) expect(classify({ status, body })).toBe('passing');
});
