// Shows /openapi.json: services and their operations on the left, one operation on the right.
'use strict';

const TEXTS = {
  zh: {
    title: '接口', skip: '跳到正文', search: '查找', loading: '正在载入……', other: 'English',
    path: '路径参数', query: '查询参数', header: '请求头', body: '请求体', answers: '应答',
    example: '示例', call: '调用', required: '必填', readOnly: '只读', writeOnly: '仅写入',
    immutable: '创建后不变', deprecated: '已弃用', show: '展开字段', onlyOne: '以下至多一个',
    itemOf: '每条', none: '没有符合的接口', failed: '接口说明无法载入：', all: '全部接口',
  },
  en: {
    title: 'API', skip: 'Skip to content', search: 'Search', loading: 'Loading…', other: '中文',
    path: 'In the path', query: 'In the query', header: 'Headers', body: 'Body', answers: 'Answers',
    example: 'Example', call: 'Call', required: 'required', readOnly: 'read only',
    writeOnly: 'write only', immutable: 'never changes', deprecated: 'deprecated',
    show: 'Show fields', onlyOne: 'at most one of', itemOf: 'each', none: 'Nothing found',
    failed: 'The description cannot be loaded: ', all: 'All operations',
  },
};
const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];
const DEPTH = 8;

let language = localStorage.getItem('api-language') ||
  (navigator.language.startsWith('zh') ? 'zh' : 'en');
let api = null;
let operations = [];

const text = (key) => TEXTS[language][key];
const byId = (id) => document.getElementById(id);

// element('p', {class: 'soft'}, 'text', child, …); what is null is left out.
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

// `code` within a line of a comment.
function inline(line) {
  return line.split(/(`[^`]+`)/).filter((part) => part)
    .map((part) => part.startsWith('`') ? element('code', null, part.slice(1, -1)) : part);
}

// Paragraphs and lists of a comment.
function prose(comment) {
  return (comment || '').split(/\n\n+/).filter((part) => part).map((part) => {
    const lines = part.split('\n');
    if (lines.every((line) => /^(- |  )/.test(line))) {
      const items = [];
      for (const line of lines) {
        if (line.startsWith('- ')) items.push(line.slice(2));
        else items[items.length - 1] += ' ' + line.trim();
      }
      return element('ul', null, items.map((item) => element('li', null, inline(item))));
    }
    return element('p', null, inline(lines.join(' ')));
  });
}

function resolve(part) {
  if (!part || !part.$ref) return part;
  return part.$ref.slice(2).split('/').reduce((place, key) => place[key], api);
}

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.split('/').pop();
  if (schema.type === 'array') return '[ ' + typeOf(schema.items) + ' ]';
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object') {
    return '{ …: ' + typeOf(schema.additionalProperties) + ' }';
  }
  const type = schema.oneOf ? schema.oneOf.map(typeOf).join(' | ') : [].concat(schema.type || []).join(' | ');
  const more = schema.format || schema.contentEncoding;
  return (type || 'any') + (more ? ' (' + more + ')' : '');
}

// The message that a value holds, be it in a list or a map.
function messageOf(schema) {
  if (schema.type === 'array') return messageOf(schema.items);
  if (schema.type === 'object' && schema.additionalProperties instanceof Object) {
    return messageOf(schema.additionalProperties);
  }
  const target = resolve(schema);
  return target.properties ? target : null;
}

function marks(schema, required) {
  const keys = [required && 'required', schema.readOnly && 'readOnly', schema.writeOnly && 'writeOnly',
    schema['x-immutable'] && 'immutable', schema.deprecated && 'deprecated'].filter((key) => key);
  return keys.map((key) => element('span', {class: 'mark'}, text(key)));
}

// A part of the page that is made when it is first opened: messages may hold themselves.
function later(title, make) {
  const details = element('details', null, element('summary', null, title));
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(make());
  });
  return details;
}

function field(name, schema, required, depth) {
  const target = resolve(schema);
  const inner = depth < DEPTH ? messageOf(schema) : null;
  const values = target.enum && !schema.description ? null : target.enum;
  return element('li', null,
    element('span', {class: 'name'}, name), element('span', {class: 'type'}, typeOf(schema)),
    marks(schema, required), prose(schema.description || (schema.$ref ? '' : target.description)),
    values ? element('p', {class: 'soft'}, values.join(' · ')) : null,
    inner ? later(text('show'), () => fields(inner, depth + 1)) : null);
}

function fields(schema, depth) {
  const rivals = (schema.allOf || []).filter((part) => part.oneOf).map((part) =>
    part.oneOf.filter((one) => one.required).map((one) => one.required[0]).join(' · '));
  return element('div', null,
    rivals.map((names) => element('p', {class: 'soft'}, text('onlyOne') + ' ' + names)),
    element('ul', {class: 'fields'}, Object.entries(schema.properties || {}).map(([name, inner]) =>
      field(name, inner, (schema.required || []).includes(name), depth))));
}

function value(schema) {
  const message = messageOf(schema);
  const target = resolve(schema);
  return [element('p', {class: 'soft'}, typeOf(schema)), message ? fields(message, 0) : null,
    !message && target.description ? prose(target.description) : null];
}

function pretty(example) {
  return typeof example === 'string' ? example : JSON.stringify(example, null, 2);
}

function content(parts) {
  return Object.entries(parts || {}).map(([type, media]) => element('div', null,
    element('p', null, element('code', null, type)),
    media['x-itemSchema'] ? [prose(media.schema.description), value((media['x-itemSchema'].oneOf || [media['x-itemSchema']])[0])]
      : value(media.schema),
    media.example === undefined ? null : element('details', null,
      element('summary', null, text('example')), element('pre', null, element('code', null, pretty(media.example))))));
}

function parameters(operation, place) {
  const found = (operation.parameters || []).map(resolve).filter((parameter) => parameter.in === place);
  if (!found.length) return null;
  return [element('h3', null, text(place)), element('ul', {class: 'fields'}, found.map((parameter) =>
    field(parameter.name, {...parameter.schema, description: parameter.description,
      deprecated: parameter.deprecated}, parameter.required, DEPTH)))];
}

const quoted = (word) => `'${word.replaceAll("'", `'\\''`)}'`;

function curl({method, path, operation}) {
  const media = operation.requestBody && Object.entries(operation.requestBody.content)[0];
  const lines = ['curl' + (method === 'get' ? '' : ' -X ' + method.toUpperCase()) + ' ' + quoted(location.origin + path)];
  if (media) {
    lines.push('-H ' + quoted('Content-Type: ' + media[0]));
    lines.push(media[1].example === undefined ? '--data-binary @FILE' : '-d ' + quoted(JSON.stringify(media[1].example)));
  }
  return lines.join(' \\\n  ');
}

function show(entry) {
  const {method, path, operation} = entry;
  const body = operation.requestBody;
  byId('content').replaceChildren(
    element('h2', null, inline(operation.summary || operation.operationId)),
    element('p', {class: 'soft'}, operation.operationId + ' · ' + operation['x-grpc-method']),
    operation.deprecated ? element('p', {class: 'deprecated'}, text('deprecated')) : '',
    element('p', {class: 'address'}, element('span', {class: 'method ' + method}, method.toUpperCase()), path),
    ...prose(operation.description),
    ...[parameters(operation, 'path'), parameters(operation, 'query'), parameters(operation, 'header')].flat().filter((part) => part),
    ...(body ? [element('h3', null, text('body'), ...marks({}, body.required)), ...prose(body.description), ...content(body.content)] : []),
    element('h3', null, text('answers')),
    element('div', {class: 'answers'}, Object.entries(operation.responses).map(([status, reference]) => {
      const answer = resolve(reference);
      const details = later('', () => element('div', null, content(answer.content)));
      details.firstChild.append(element('code', null, status), ' ', ...inline(answer.description));
      if (status === '200') details.open = true;
      return details;
    })),
    element('h3', null, text('call')),
    element('pre', null, element('code', null, curl(entry))));
  document.title = operation.operationId;
}

function overview() {
  byId('content').replaceChildren(...prose(api.info.description), ...api.tags.map((tag) => element('div', null,
    element('h3', null, tag.name), ...prose(tag.description))));
  document.title = text('title');
}

function select() {
  const id = decodeURIComponent(location.hash.slice(1));
  const entry = operations.find((one) => one.operation.operationId === id);
  for (const link of document.querySelectorAll('#operations a')) {
    if (link.hash === location.hash) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (entry) show(entry); else overview();
  window.scrollTo(0, 0);
}

function list() {
  const wanted = byId('search').value.toLowerCase();
  const matches = operations.filter(({method, path, operation}) =>
    `${method} ${path} ${operation.operationId} ${operation.summary}`.toLowerCase().includes(wanted));
  const groups = api.tags.map((tag) => [tag.name, matches.filter((one) => one.operation.tags[0] === tag.name)])
    .filter(([, entries]) => entries.length);
  byId('operations').replaceChildren(...groups.map(([name, entries]) => element('section', null,
    element('h2', null, name),
    element('ul', null, entries.map(({method, path, operation}) => element('li', null,
      element('a', {href: '#' + encodeURIComponent(operation.operationId), title: path},
        element('span', {class: 'method ' + method}, method.toUpperCase()),
        operation.operationId.slice(operation.tags[0].length + 1))))))));
  if (!groups.length) byId('operations').append(element('p', {class: 'soft'}, text('none')));
}

function translate() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const place of document.querySelectorAll('[data-text]')) place.textContent = text(place.dataset.text);
  byId('language').textContent = text('other');
  byId('services').setAttribute('aria-label', text('all'));
  byId('title').textContent = api ? api.info.title + ' ' + api.info.version : text('title');
}

function collect() {
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of METHODS) {
      if (item[method]) operations.push({method, path, operation: item[method]});
    }
    for (const [method, operation] of Object.entries(item['x-additionalOperations'] || {})) {
      operations.push({method: method.toLowerCase(), path, operation});
    }
  }
}

async function start() {
  translate();
  try {
    const response = await fetch('/openapi.json');
    if (!response.ok) throw new Error(String(response.status));
    api = await response.json();
  } catch (error) {
    byId('content').replaceChildren(element('p', {role: 'alert'}, text('failed') + error.message));
    return;
  }
  collect();
  translate();
  list();
  select();
}

byId('search').addEventListener('input', () => api && list());
byId('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem('api-language', language);
  translate();
  if (api) { list(); select(); }
});
window.addEventListener('hashchange', () => api && select());
start();
