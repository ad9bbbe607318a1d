// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// A server of node's ws on a free port, printed first; over TLS when a certificate and a key are given.
// Echoes; "close CODE REASON" closes, "ping TEXT" pings. WS_DEFLATE is the option perMessageDeflate as JSON.
'use strict';
const fs = require('fs');
const http = require('http');
const https = require('https');
const { WebSocketServer } = require('ws');

const [cert, key] = process.argv.slice(2).map((path) => fs.readFileSync(path));
const carrier = cert ? https.createServer({ cert, key }) : http.createServer();
const server = new WebSocketServer({
    server: carrier,
    perMessageDeflate: JSON.parse(process.env.WS_DEFLATE || 'false'),
});
carrier.listen(0, '127.0.0.1', () => console.log(carrier.address().port));

server.on('connection', (socket) => {
    socket.on('error', () => {}); // It closes by itself; without a listener the process would end
    socket.on('message', (data, isBinary) => {
        const [verb, argument, ...rest] = data.toString().split(' ');
        if (!isBinary && verb === 'close') {
            socket.close(Number(argument), rest.join(' '));
        } else if (!isBinary && verb === 'ping') {
            socket.once('pong', (payload) => socket.send(`pong ${payload}`));
            socket.ping(argument);
        } else {
            socket.send(data, { binary: isBinary });
        }
    });
});
