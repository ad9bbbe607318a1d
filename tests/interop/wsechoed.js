// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// A client of node's ws: wsechoed.js URL DEFLATE TEXTS, the last two as JSON. Sends each text as text and as binary when
// the one before has come back, prints what was negotiated, and succeeds when everything came back as it was.
'use strict';
const WebSocket = require('ws');

const [url, deflate, texts] = process.argv.slice(2);
const socket = new WebSocket(url, { perMessageDeflate: JSON.parse(deflate) });
const messages = JSON.parse(texts).flatMap((text) => [text, Buffer.from(text)]);
let place = 0;
let isSame = true;

function next() {
    if (place === messages.length) {
        socket.close(1000, 'heard all');
    } else {
        socket.send(messages[place]);
    }
}

socket.on('upgrade', (response) => console.log(response.headers['sec-websocket-extensions'] || 'none'));
socket.on('open', next);
socket.on('message', (data, isBinary) => {
    const sent = messages[place++];
    isSame &&= isBinary === Buffer.isBuffer(sent) && data.equals(Buffer.from(sent));
    next();
});
socket.on('error', () => process.exit(2));
socket.on('close', (code) => process.exit(code === 1000 && isSame ? 0 : 1));
