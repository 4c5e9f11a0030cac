# Vault 1.21 or OpenBao 2.5 and later, alone on one box. The key that opens it is made by init.ts; see README.md.
storage "raft" {
  path    = "/vault/file"
  node_id = "task-connect"
}

# Inside the network of the containers, which nothing else can listen on. Reached from other machines it needs
# tls_cert_file and tls_key_file here, and TC_VAULT_CA in the processes.
listener "tcp" {
  address     = "0.0.0.0:8200"
  tls_disable = true
}

api_addr     = "http://vault:8200"
cluster_addr = "http://vault:8201"

# With raft a lock on memory costs more than it gives (https://developer.hashicorp.com/vault/docs/configuration/storage/raft):
# switch off the machine's swap, or encrypt it.
disable_mlock = true

# OpenBao takes audit devices from here alone. Vault does not know the block, and init.ts makes the device there.
audit "file" "file" {
  options {
    file_path = "/vault/logs/audit.log"
  }
}
