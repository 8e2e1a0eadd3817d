import { Admission } from '../../src/admission/admission';
import { luaFault } from '../../src/admission/lua';
import { KarmadaVersion } from '../../src/core/karmada-version';
import { object } from './objects';

/** Each was run through gopher-lua 1.1.1, which Karmada v1.18.2 uses. */
const COMPILES = [
  '',
  'local kube = require("kube")\nfunction GetDependencies(o) return kube.getPodDependencies(o.spec.template) or {} end',
  'function GetReplicas(o) return o.spec.replicas or 1, {} end',
  'x = 1;; y = 2;',
  ';;',
  'for i = 1, 3 do if i == 2 then goto skip end ::skip:: end',
  "return ('a.b'):gsub('\\.', '\\-')",
  'return "\\d+ \\z", [[a \\ " b]] -- "c',
  'x = "a\\\nb"',
  'return [[ f(, 1) ]], [==[ ]] return, ]==] -- {,',
  '--[==[ not ]] the end ]==] return 0xFF, 1e3, .5',
  'while true do break end',
  'function f(...) return select("#", ...) end',
  'return "größer"',
];

const COMPILES_NOT: readonly (readonly [string, string])[] = [
  ['function broken(', "line 1: <name> or '...' expected near '<eof>'"],
  ['Duplicated', "line 1: '=' expected near '<eof>'"],
  ['return 1 // 2', "line 1: <expression> expected near '/'"],
  ['return 1 & 2', "line 1: unexpected symbol '&' near '1'"],
  ['return 0x1.8', "line 1: malformed number near '0x1.8'"],
  ['while true do break x = 1 end', "line 1: a block has to end after 'break'"],
  ['break', "line 1: no loop to break near '<eof>'"],
  ['goto nowhere', "line 1: no visible label 'nowhere' for <goto>"],
  ['function f() return ... end', "line 1: cannot use '...' outside a vararg function near '...'"],
  ['x = "a', "line 1: unfinished string near '\"a'"],
  ['return\n  f(, 1)', "line 2: unexpected symbol ','"],
  ['#!/usr/bin/lua', "line 1: unexpected symbol '#'"],
  ['--[[ no end\nreturn 1', "line 2: unfinished long comment (starting at line 1) near '<eof>'"],
  [`return ${'('.repeat(100000)}`, 'it is nested too deeply'],
];

const script = (luaScript: string) =>
  object(
    'ResourceInterpreterCustomization',
    {
      target: { apiVersion: 'apps.kruise.io/v1alpha1', kind: 'CloneSet' },
      customizations: { retention: { luaScript: 'return 1' }, healthInterpretation: { luaScript } },
    },
    'config.karmada.io/v1alpha1',
    'clone-set',
  );

test.each(COMPILES)('%j compiles', (source) => {
  expect(luaFault(source, true)).toBeUndefined();
  expect(Admission.of().review(script(source))).toMatchObject({ admitted: true, findings: [] });
});

test.each(COMPILES_NOT)('%j does not', (source, fault) => {
  expect(luaFault(source, true)).toBe(fault);
});

test('a call in parentheses is no statement of Lua; gopher-lua takes it, we do not', () => {
  expect(luaFault('(f())', true)).toBe("line 1: unexpected symbol near '<eof>'");
});

test('before v1.18 there was no goto', () => {
  const { admitted, findings } = Admission.of({ version: KarmadaVersion.V1_17 }).review(script('goto a ::a::'));
  expect(admitted).toBe(false);
  expect(findings).toEqual([
    {
      code: 'MC205',
      level: 'error',
      path: 'spec.customizations.healthInterpretation.luaScript',
      message: 'luaScript does not compile: line 1: goto and labels are known to Karmada v1.18 and later',
      fix: 'correct the script: Karmada runs Lua 5.1',
    },
  ]);
});

test('each script that does not compile is a finding of its own', () => {
  const given = script('function broken(');
  given.spec.customizations.retention.luaScript = 'NoExecute';
  expect(
    Admission.of()
      .review(given)
      .findings.map(({ path, message }) => [path, message]),
  ).toEqual([
    ['spec.customizations.retention.luaScript', "luaScript does not compile: line 1: '=' expected near '<eof>'"],
    [
      'spec.customizations.healthInterpretation.luaScript',
      "luaScript does not compile: line 1: <name> or '...' expected near '<eof>'",
    ],
  ]);
});
