#include "update/fetch/fetch.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

/* A server for one request, with a certificate that it signed itself. */
typedef struct TlsServer {
    SSL_CTX *context;
    int socket, port;
    uv_thread_t thread;
} TlsServer;

static X509 *make_certificate(EVP_PKEY *key)
{
    X509 *certificate = X509_new();
    X509_NAME *name = X509_get_subject_name(certificate);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"127.0.0.1", -1, -1,
                               0);
    X509_set_issuer_name(certificate, name);
    X509_set_pubkey(certificate, key);
    cr_assert(X509_sign(certificate, key, EVP_sha256()));
    return certificate;
}

static SSL_CTX *make_context(void)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = make_certificate(key);
    cr_assert(SSL_CTX_use_certificate(context, certificate) == 1 &&
              SSL_CTX_use_PrivateKey(context, key) == 1);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return context;
}

static void serve(void *user)
{
    static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    const TlsServer *self = user;
    char request[1024];
    int connection = accept(self->socket, NULL, NULL);
    SSL *tls = SSL_new(self->context);
    SSL_set_fd(tls, connection);
    if (SSL_accept(tls) == 1 && SSL_read(tls, request, sizeof request) > 0)
        SSL_write(tls, answer, sizeof answer - 1);
    SSL_free(tls);
    close(connection);
}

static void start(TlsServer *self)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    self->context = make_context();
    self->socket = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert(bind(self->socket, (struct sockaddr *)&address, size) == 0 &&
              listen(self->socket, 1) == 0 &&
              getsockname(self->socket, (struct sockaddr *)&address, &size) == 0);
    self->port = ntohs(address.sin_port);
    cr_assert_eq(uv_thread_create(&self->thread, serve, self), 0);
}

static void stop(TlsServer *self)
{
    uv_thread_join(&self->thread);
    close(self->socket);
    SSL_CTX_free(self->context);
}

Test(tls, a_server_that_nobody_vouches_for_is_refused, .timeout = 60)
{
    char url[64];
    TlsServer server;
    MpFetchResult result;
    unsetenv("https_proxy");
    unsetenv("HTTPS_PROXY");
    unsetenv("all_proxy");
    unsetenv("ALL_PROXY");
    MpFetcher *fetcher = mp_fetcher_create(NULL);
    start(&server);
    snprintf(url, sizeof url, "https://127.0.0.1:%d/", server.port);
    mp_fetch_get(fetcher, &(MpFetchRequest){.url = url, .limit = 100}, &result);
    stop(&server);
    cr_expect_eq(result.outcome, MP_FETCH_REFUSED, "%d: %s", result.outcome, result.error.message);
    cr_expect(strstr(result.error.message, "certificate"), "%s", result.error.message);
    cr_expect_eq(result.status, 0);
    free(result.bytes);
    mp_fetcher_destroy(fetcher);
}
